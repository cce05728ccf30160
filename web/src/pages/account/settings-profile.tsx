import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { chooseLanguage, refreshSession, useSession } from '../../api/session.js';
import { languages, nameOfLanguage } from '../../i18n/languages.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';

export function Profile() {
  const { t, i18n } = useTranslation(['account', 'app']);
  const { account } = useSession();
  const [name, setName] = useState(account?.name ?? '');
  const [language, setLanguage] = useState(i18n.resolvedLanguage ?? 'en');
  const saving = useAction(
    async (wanted: { readonly name: string; readonly language: string }) => {
      await ask('PATCH /v1/me', { body: { name: wanted.name === '' ? null : wanted.name } });
      await chooseLanguage(wanted.language);
    },
    {
      onSuccess: () => {
        void refreshSession();
        tellDone(t('app:saved'));
      },
    },
  );
  return (
    <Section title={t('profile.title')}>
      <ProblemAlert error={saving.error} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saving.start({ name: name.trim(), language });
        }}
      >
        <Group align="flex-end">
          <TextInput
            label={t('profile.name')}
            autoComplete="name"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            flex="1 1 200px"
          />
          <Select
            label={t('profile.language')}
            data={languages.map((code) => ({ value: code, label: nameOfLanguage(code) }))}
            allowDeselect={false}
            value={language}
            onChange={(code) => setLanguage(code ?? language)}
            w={180}
          />
          <Button type="submit" loading={saving.isPending}>
            {t('app:save')}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
