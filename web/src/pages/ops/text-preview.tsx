import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languages, nameOfLanguage } from '../../i18n/languages.js';
import { Section } from '../../shared/section.js';
import { inLanguage, type ShopText } from './catalogue-contract.js';

/** As the first page will show it, in the language of choice. */
export function TextPreview({ text }: { readonly text: ShopText }) {
  const { t, i18n } = useTranslation('ops');
  const [language, setLanguage] = useState(i18n.resolvedLanguage ?? 'en');
  const title = inLanguage(text.title, language);
  if (title.trim() === '') return null;
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t('texts.preview')}
        value={language}
        onChange={setLanguage}
        data={languages.map((value) => ({ value, label: nameOfLanguage(value) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <div lang={language} data-preview={text.id}>
        <Section title={title}>
          <Text c="dimmed">{inLanguage(text.body, language)}</Text>
        </Section>
      </div>
    </Stack>
  );
}
