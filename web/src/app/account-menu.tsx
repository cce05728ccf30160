import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { signOut, useSession } from '../api/session.js';
import { useAction } from '../shared/action.js';
import { IconUser } from '../shared/icons.js';
import { LazyMenu } from './lazy-menu.js';

export function AccountMenu() {
  const { t } = useTranslation('app');
  const { account, isPending } = useSession();
  const leaving = useAction(signOut);
  if (isPending) return null;
  if (account === null) {
    return (
      <Button component={Link} to="/sign-in" variant="light" size="compact-md">
        {t('signIn')}
      </Button>
    );
  }
  const guest = account.roles.includes('terminal');
  return (
    <LazyMenu
      label={t('account')}
      icon={<IconUser />}
      title={guest ? t('publicTerminal') : account.email}
      mark={{ 'data-account': true }}
      entries={[
        ...(guest ? [] : [{ text: t('settings'), to: '/account' }]),
        { text: t('signOut'), onPress: () => leaving.start() },
      ]}
    />
  );
}
