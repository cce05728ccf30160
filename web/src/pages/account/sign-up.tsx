import { Anchor, Button, Checkbox, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { ask } from '../../api/http.js';
import { signedIn, useSession } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { FormErrors } from '../../shared/form-errors.js';
import { ProblemAlert } from '../../shared/states.js';
import { Card } from './card.js';
import { type MailedCode, MailedCodeForm } from './mailed-code.js';
import { ownPath } from './own-path.js';
import { CONSENT_VERSION, SHORTEST_PASSWORD } from './rules.js';

export default function SignUp() {
  const { t, i18n } = useTranslation('account');
  const { account } = useSession();
  const [search] = useSearchParams();
  const [mailed, setMailed] = useState<MailedCode>();
  const [tried, setTried] = useState(0);
  const form = useForm({
    initialValues: { email: '', password: '', agreed: false },
    validate: {
      password: (text) =>
        text.length < SHORTEST_PASSWORD ? t('password.short', { least: SHORTEST_PASSWORD }) : null,
      agreed: (agreed) => (agreed ? null : t('signUp.mustAgree')),
    },
  });
  const asking = useAction(
    ({ email, password }: { readonly email: string; readonly password: string }) =>
      ask('POST /v1/sign-ups', {
        body: {
          email,
          password,
          language: i18n.resolvedLanguage,
          consents: ['terms', 'privacy'].map((purpose) => ({ purpose, version: CONSENT_VERSION })),
        },
      }),
    { onSuccess: setMailed },
  );
  if (account !== null) return <Navigate to={ownPath(search.get('next'))} replace />;
  if (mailed !== undefined) {
    return (
      <Card title={t('signUp.confirm')}>
        <MailedCodeForm
          email={form.values.email}
          confirm={async (code) =>
            signedIn(
              await ask('POST /v1/sign-ups/{id}/confirmation', { path: { id: mailed.id }, body: { code } }),
            )
          }
          again={() => ask('POST /v1/sign-ups/{id}/code', { path: { id: mailed.id } })}
        />
      </Card>
    );
  }
  return (
    <Card title={t('signUp.title')}>
      <form onSubmit={form.onSubmit(asking.start, () => setTried(tried + 1))}>
        <Stack>
          <ProblemAlert error={asking.error} />
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            description={t('password.rule', { least: SHORTEST_PASSWORD })}
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <Checkbox label={t('signUp.agree')} {...form.getInputProps('agreed', { type: 'checkbox' })} />
          <Group gap="sm">
            <Anchor component={Link} to="/about/terms" target="_blank" size="sm">
              {t('signUp.terms')}
            </Anchor>
            <Anchor component={Link} to="/about/privacy" target="_blank" size="sm">
              {t('signUp.privacy')}
            </Anchor>
          </Group>
          <FormErrors errors={form.errors} tried={tried} />
          <Button type="submit" loading={asking.isPending}>
            {t('signUp.submit')}
          </Button>
        </Stack>
      </form>
      <Anchor component={Link} to={{ pathname: '/sign-in', search: search.toString() }}>
        {t('signUp.have')}
      </Anchor>
    </Card>
  );
}
