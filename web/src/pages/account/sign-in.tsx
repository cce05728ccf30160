import { Button, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { signIn, useSession } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { ProblemAlert } from '../../shared/states.js';

export default function SignIn() {
  const { t } = useTranslation('account');
  const { account } = useSession();
  const [search] = useSearchParams();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const attempt = useAction(signIn);
  if (account !== null) return <Navigate to={ownPath(search.get('next'))} replace />;
  return (
    <Paper withBorder p="lg" maw={420} mx="auto">
      <form onSubmit={form.onSubmit((values) => attempt.start(values))}>
        <Stack>
          <Title order={1} size="h2">
            {t('signIn.title')}
          </Title>
          <ProblemAlert error={attempt.error} />
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
          <Button type="submit" loading={attempt.isPending}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}

/** Only a path of ours: a link to us must not lead elsewhere after signing in. */
const ownPath = (next: string | null): string => (next !== null && /^\/(?![/\\])/.test(next) ? next : '/');
