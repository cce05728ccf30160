import { Button, Group, List } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { refreshSession, useSession } from '../../api/session.js';
import { Section } from '../../shared/section.js';
import type { StepProps } from './order.js';

/** The number works: a telephone is what is missing. */
export function RegisterStep({ order }: StepProps) {
  const { t } = useTranslation('shop');
  const { account } = useSession();
  // The first number makes the account a member: the navigation learns of it.
  const knows = account?.memberId != null || account?.companyId != null;
  useEffect(() => {
    if (!knows) void refreshSession();
  }, [knows]);
  const member = order.memberId === null ? '' : `?member=${order.memberId}`;
  return (
    <Section title={t('register.title', { number: order.shown })} text={t('register.text')}>
      <List type="ordered" spacing="xs">
        <List.Item>{t('register.device')}</List.Item>
        <List.Item>{t('register.phone')}</List.Item>
        <List.Item>{t('register.call')}</List.Item>
      </List>
      <Group>
        <Button component={Link} to={`/member/devices${member}`} size="md">
          {t('register.submit')}
        </Button>
        <Button component={Link} to={`/member/find-me${member}`} variant="default" size="md">
          {t('register.findMe')}
        </Button>
      </Group>
    </Section>
  );
}
