import { Button, Center } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function More({
  more,
  loadingMore,
}: {
  readonly more: (() => void) | undefined;
  readonly loadingMore: boolean;
}) {
  const { t } = useTranslation('app');
  if (more === undefined) return null;
  return (
    <Center mt="md">
      <Button variant="default" onClick={more} loading={loadingMore}>
        {t('more')}
      </Button>
    </Center>
  );
}
