import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { ask } from '../../api/http.js';
import { signedIn } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { Card } from './card.js';
import { SHORTEST_PASSWORD } from './rules.js';

/** The mailed link's token stands behind the `#`, which browsers send to nobody. */
export default function Invitation() {
  const { t } = useTranslation('account');
  const token = useLocation().hash.slice(1);
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const preview = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => ask('POST /v1/invitations/preview', { body: { token }, signal }),
    retry: false,
  });
  const accepting = useAction(async (chosen: string) => {
    await signedIn(await ask('POST /v1/invitations/acceptance', { body: { token, password: chosen } }));
    await navigate('/', { replace: true });
  });
  return (
    <Card title={t('invitation.title')}>
      <Loaded query={preview}>
        {({ company, email, hasAccount }) => (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              accepting.start(password);
            }}
          >
            <Stack>
              <Text>{t('invitation.text', { company, email })}</Text>
              <ProblemAlert error={accepting.error} />
              <PasswordInput
                label={t(hasAccount ? 'password' : 'password.new')}
                description={hasAccount ? undefined : t('password.rule', { least: SHORTEST_PASSWORD })}
                autoComplete={hasAccount ? 'current-password' : 'new-password'}
                required
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
              <Button type="submit" loading={accepting.isPending}>
                {t('invitation.accept')}
              </Button>
            </Stack>
          </form>
        )}
      </Loaded>
    </Card>
  );
}
