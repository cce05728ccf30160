import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { refreshSession, useSession } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';

export function Profile() {
  const { t } = useTranslation(['account', 'app']);
  const { account } = useSession();
  const [name, setName] = useState(account?.name ?? '');
  const saving = useAction(
    (wanted: string) => ask('PATCH /v1/me', { body: { name: wanted === '' ? null : wanted } }),
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
          saving.start(name.trim());
        }}
      >
        <Group align="flex-end">
          <TextInput
            label={t('profile.name')}
            autoComplete="name"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            style={{ flex: 1 }}
          />
          <Button type="submit" loading={saving.isPending}>
            {t('app:save')}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
