import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IdentityList } from './identity-list.js';
import { MemberPage } from './member-page.js';

export const IDENTITY_KINDS = ['contact-numbers', 'emails', 'domains', 'carrier-numbers'] as const;

export default function Identities() {
  const { t } = useTranslation('member');
  return (
    <MemberPage title={t('identities.title')} text={t('identities.text')}>
      {(memberId) => (
        <Stack>
          {IDENTITY_KINDS.map((kind) => (
            <IdentityList key={kind} memberId={memberId} kind={kind} />
          ))}
        </Stack>
      )}
    </MemberPage>
  );
}
