import { Button, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';

/** A page that could not be loaded (a new version is out, the network is gone) or that broke. */
export function PageFailed() {
  const { t } = useTranslation('app');
  const error = useRouteError();
  return (
    <Stack p="md" role="alert">
      <Title order={1}>{t('failed.title')}</Title>
      <Text>{t('failed.text')}</Text>
      <Text size="sm" c="dimmed">
        {error instanceof Error ? error.message : ''}
      </Text>
      <div>
        <Button onClick={() => location.reload()}>{t('failed.reload')}</Button>
      </div>
    </Stack>
  );
}
