import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NumberBar } from '../../number/number-bar.js';

export default function NumberBarPage() {
  const { t } = useTranslation('number');
  return (
    <Stack maw={480} mx="auto">
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      <Text>{t('about')}</Text>
      <NumberBar />
    </Stack>
  );
}
