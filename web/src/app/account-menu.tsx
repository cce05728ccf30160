import { ActionIcon, Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { signOut, useSession } from '../api/session.js';
import { useAction } from '../shared/action.js';
import { IconUser } from '../shared/icons.js';

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
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('account')} data-account>
          <IconUser />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{guest ? t('publicTerminal') : account.email}</Menu.Label>
        {!guest && (
          <Menu.Item component={Link} to="/account">
            {t('settings')}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => leaving.start()}>{t('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
