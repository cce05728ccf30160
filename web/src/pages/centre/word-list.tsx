import { Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { languages, nameOfLanguage } from '../../i18n/languages.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import type { Word } from './types.js';

/** Words that are chosen from a list, in each language of the pages; they are turned off, never deleted: calls have them. */
export function WordList({
  title,
  text,
  path,
}: {
  readonly title: string;
  readonly text: string;
  readonly path: '/v1/pause-reasons' | '/v1/dispositions';
}) {
  const { t } = useTranslation('centre');
  const query = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  const saved = () => {
    tellDone(t('saved'));
    void query.refetch();
  };
  return (
    <Section title={title} text={text}>
      <Loaded query={query}>
        {({ items }) => (
          <Stack>
            {items.length === 0 && <Text c="dimmed">{t('words.none')}</Text>}
            {items.map((word) => (
              <WordForm key={word.code} word={word} path={path} onSaved={saved} />
            ))}
            <WordForm key={items.length} path={path} onSaved={saved} />
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

function WordForm({
  word,
  path,
  onSaved,
}: {
  readonly word?: Word;
  readonly path: '/v1/pause-reasons' | '/v1/dispositions';
  readonly onSaved: () => void;
}) {
  const { t } = useTranslation('centre');
  const form = useForm({
    initialValues: {
      code: word?.code ?? '',
      label: { en: '', ko: '', ja: '', ...word?.label } as Record<string, string>,
      position: word?.position ?? 0,
      active: word?.active ?? true,
    },
  });
  const saving = useAction(
    ({ code, label, ...rest }: typeof form.values) => {
      const given = Object.fromEntries(Object.entries(label).filter(([, one]) => one.trim() !== ''));
      return ask(`PUT ${path}/${encodeURIComponent(code)}`, { body: { ...rest, label: given } });
    },
    { onSuccess: onSaved },
  );
  return (
    <form
      onSubmit={form.onSubmit(saving.start)}
      aria-label={word === undefined ? t('words.new') : word.code}
      data-word={word?.code ?? 'new'}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          size="xs"
          w={130}
          label={t(word === undefined ? 'words.newCode' : 'words.code')}
          required
          readOnly={word !== undefined}
          maxLength={40}
          {...form.getInputProps('code')}
        />
        {languages.map((tag) => (
          <TextInput
            key={tag}
            size="xs"
            w={130}
            label={nameOfLanguage(tag)}
            required={tag === 'en'}
            maxLength={100}
            {...form.getInputProps(`label.${tag}`)}
          />
        ))}
        <NumberInput
          size="xs"
          w={80}
          label={t('words.position')}
          min={0}
          max={1_000}
          {...form.getInputProps('position')}
        />
        <Checkbox
          size="xs"
          pb={6}
          label={t('words.active')}
          {...form.getInputProps('active', { type: 'checkbox' })}
        />
        <Button size="xs" type="submit" variant="default" loading={saving.isPending}>
          {t(word === undefined ? 'words.add' : 'save')}
        </Button>
      </Group>
      <ProblemAlert error={saving.error} />
    </form>
  );
}
