import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ask } from '../../api/http.js';
import { signIn } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { ProblemAlert } from '../../shared/states.js';
import { Card } from './card.js';
import { type MailedCode, MailedCodeForm } from './mailed-code.js';
import { SHORTEST_PASSWORD } from './rules.js';

export default function PasswordReset() {
  const { t } = useTranslation('account');
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [mailed, setMailed] = useState<MailedCode>();
  const asking = useAction(
    (address: string) => ask('POST /v1/password-resets', { body: { email: address } }),
    { onSuccess: setMailed },
  );
  if (mailed === undefined) {
    return (
      <Card title={t('reset.title')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            asking.start(email);
          }}
        >
          <Stack>
            <ProblemAlert error={asking.error} />
            <TextInput
              label={t('email')}
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button type="submit" loading={asking.isPending}>
              {t('reset.submit')}
            </Button>
          </Stack>
        </form>
      </Card>
    );
  }
  const tooShort = password !== '' && password.length < SHORTEST_PASSWORD;
  return (
    <Card title={t('reset.title')}>
      <PasswordInput
        label={t('password.new')}
        description={t('password.rule', { least: SHORTEST_PASSWORD })}
        error={tooShort ? t('password.short', { least: SHORTEST_PASSWORD }) : undefined}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <MailedCodeForm
        email={email}
        confirm={async (code) => {
          await ask('POST /v1/password-resets/{id}/confirmation', {
            path: { id: mailed.id },
            body: { code, password },
          });
          await signIn({ email, password });
          await navigate('/', { replace: true });
        }}
      />
    </Card>
  );
}
