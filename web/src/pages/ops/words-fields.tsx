import { Stack, Tabs, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languages, nameOfLanguage } from '../../i18n/languages.js';
import type { Words } from './catalogue-contract.js';

/** A title and a text in each of the pages' languages; English must be there, and stands for what is empty. */
export function WordsFields({
  title,
  body,
  onChange,
}: {
  readonly title: Words;
  readonly body: Words;
  readonly onChange: (words: { readonly title: Words; readonly body: Words }) => void;
}) {
  const { t } = useTranslation('ops');
  return (
    <Tabs defaultValue="en" keepMounted={false}>
      <Tabs.List aria-label={t('words.languages')}>
        {languages.map((language) => (
          <Tabs.Tab key={language} value={language} lang={language}>
            {nameOfLanguage(language)}
            {(title[language] ?? '').trim() === '' && ' ·'}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {languages.map((language) => (
        <Tabs.Panel key={language} value={language} pt="sm">
          <Stack gap="xs">
            <TextInput
              label={t('words.title')}
              required={language === 'en'}
              lang={language}
              maxLength={200}
              value={title[language] ?? ''}
              onChange={(event) =>
                onChange({ title: { ...title, [language]: event.currentTarget.value }, body })
              }
            />
            <Textarea
              label={t('words.body')}
              required={language === 'en'}
              lang={language}
              autosize
              minRows={2}
              maxLength={4_000}
              value={body[language] ?? ''}
              onChange={(event) =>
                onChange({ title, body: { ...body, [language]: event.currentTarget.value } })
              }
            />
          </Stack>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
