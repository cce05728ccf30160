import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { signedOut } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { saveAs } from '../../shared/download.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';

/** What we keep of somebody: to take with him, or to be forgotten. Both ask for the password again. */
export function Data() {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const exporting = useAction(async (typed: string, key) => {
    const all = await ask('POST /v1/me/exports', { body: { password: typed }, key });
    saveAs(new Blob([JSON.stringify(all, null, 2)], { type: 'application/json' }), 'anydial-export.json');
  });
  const erasing = useAction(async (typed: string, key) => {
    await ask('POST /v1/me/erasure', { body: { password: typed, confirm: 'erase' }, key });
    await signedOut();
  });
  return (
    <Section title={t('data.title')} text={t('data.text')}>
      <ProblemAlert error={exporting.error} />
      <PasswordInput
        label={t('password')}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        maw={320}
      />
      <Group>
        <Button
          variant="default"
          disabled={password === ''}
          loading={exporting.isPending}
          onClick={() => exporting.start(password)}
        >
          {t('data.export')}
        </Button>
        <ConfirmButton
          size="sm"
          disabled={password === ''}
          label={t('data.erase')}
          question={t('data.eraseQuestion')}
          error={erasing.error}
          onConfirm={() => erasing.start(password)}
        />
      </Group>
      <Text size="sm" c="dimmed">
        {t('data.kept')}
      </Text>
    </Section>
  );
}
