import { Anchor, Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { ProblemError } from '../../api/problem.js';
import { signIn, useSession } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { ProblemAlert } from '../../shared/states.js';
import { Card } from './card.js';
import { ownPath } from './own-path.js';

export default function SignIn() {
  const { t } = useTranslation('account');
  const { account } = useSession();
  const [search] = useSearchParams();
  const form = useForm({ initialValues: { email: '', password: '', code: '' } });
  const attempt = useAction(({ code, ...credentials }: typeof form.values) =>
    signIn(code === '' ? credentials : { ...credentials, code }),
  );
  // Once the password fits, the code is asked for beside it: both are sent again.
  const [codeAsked, setCodeAsked] = useState(false);
  const problem = attempt.error instanceof ProblemError ? attempt.error.code : undefined;
  useEffect(() => {
    if (problem?.startsWith('second-factor.')) setCodeAsked(true);
  }, [problem]);
  if (account !== null) return <Navigate to={ownPath(search.get('next'))} replace />;
  return (
    <Card title={t('signIn.title')}>
      <form onSubmit={form.onSubmit(attempt.start)}>
        <Stack>
          {problem !== 'second-factor.missing.unauthenticated' && <ProblemAlert error={attempt.error} />}
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          {codeAsked && (
            <TextInput
              label={t('factor.code')}
              description={t('factor.codeText')}
              autoComplete="one-time-code"
              maxLength={30}
              required
              autoFocus
              {...form.getInputProps('code')}
            />
          )}
          <Button type="submit" loading={attempt.isPending}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
      <Group justify="space-between">
        <Anchor component={Link} to={{ pathname: '/sign-up', search: search.toString() }}>
          {t('signUp.title')}
        </Anchor>
        <Anchor component={Link} to="/password-reset">
          {t('reset.link')}
        </Anchor>
      </Group>
    </Card>
  );
}
