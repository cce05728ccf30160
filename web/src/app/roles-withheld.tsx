import { Alert, Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../api/session.js';

/** For staff whose roles wait for the authenticator app: why so little is to be seen, and where to go. */
export function RolesWithheld() {
  const { t } = useTranslation('account');
  const { account } = useSession();
  if (account === null || (account.withheld ?? []).length === 0) return null;
  return (
    <Alert color="orange" variant="light" mb="md" role="status">
      {t('factor.withheld')}{' '}
      <Anchor component={Link} to="/account" inherit>
        {t('factor.setUp')}
      </Anchor>
    </Alert>
  );
}
