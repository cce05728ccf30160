import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../shared/page-head.js';
import { Consents } from './settings-consents.js';
import { Data } from './settings-data.js';
import { Email } from './settings-email.js';
import { Password } from './settings-password.js';
import { Profile } from './settings-profile.js';
import { SecondFactor } from './settings-second-factor.js';
import { SignedInPlaces } from './settings-sessions.js';

export default function Settings() {
  const { t } = useTranslation('account');
  return (
    <>
      <PageHead title={t('settings.title')} />
      <Stack maw={720} gap="lg">
        <Profile />
        <Email />
        <Password />
        <SecondFactor />
        <SignedInPlaces />
        <Consents />
        <Data />
      </Stack>
    </>
  );
}
