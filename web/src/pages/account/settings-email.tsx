import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { refreshSession, useSession } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import { type MailedCode, MailedCodeForm } from './mailed-code.js';

/** The address that one signs in with: another one counts once the code that was mailed there has been typed. */
export function Email() {
  const { t } = useTranslation('account');
  const { account } = useSession();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const [mailed, setMailed] = useState<MailedCode & { readonly email: string }>();
  const [changed, setChanged] = useState<string>();
  const asking = useAction(
    (body: typeof form.values, key) => ask('POST /v1/me/email-changes', { body, key }),
    {
      onSuccess: (ticket, { email }) => {
        setChanged(undefined);
        setMailed({ ...ticket, email });
        form.reset();
      },
    },
  );
  const confirm = async (code: string): Promise<void> => {
    const { email } = await ask('POST /v1/me/email-changes/{id}/confirmation', {
      path: { id: mailed?.id },
      body: { code },
    });
    setMailed(undefined);
    setChanged(email);
    await refreshSession();
  };
  return (
    <Section title={t('email')} text={t('email.text')}>
      <Text>{account?.email}</Text>
      {changed !== undefined && (
        <Alert color="teal" variant="light" role="status">
          {t('email.changed', { email: changed })}
        </Alert>
      )}
      {mailed !== undefined ? (
        <Stack>
          <MailedCodeForm email={mailed.email} confirm={confirm} />
          <div>
            <Button variant="default" onClick={() => setMailed(undefined)}>
              {t('email.other')}
            </Button>
          </div>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit(asking.start)}>
          <Stack>
            <ProblemAlert error={asking.error} />
            <TextInput
              label={t('email.new')}
              type="email"
              autoComplete="email"
              required
              maxLength={254}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label={t('password')}
              autoComplete="current-password"
              required
              {...form.getInputProps('password')}
            />
            <div>
              <Button type="submit" loading={asking.isPending}>
                {t('reset.submit')}
              </Button>
            </div>
          </Stack>
        </form>
      )}
    </Section>
  );
}
