import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CentreHead } from './centre-head.js';
import { WordList } from './word-list.js';

/** A centre's own words: why its agents pause, how its calls end. */
export default function Words() {
  const { t } = useTranslation('centre');
  return (
    <Stack maw={960}>
      <CentreHead part="words" />
      <WordList title={t('words.pauses')} text={t('words.pausesText')} path="/v1/pause-reasons" />
      <WordList title={t('words.endings')} text={t('words.endingsText')} path="/v1/dispositions" />
    </Stack>
  );
}
