import { Button, Select, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../api/session.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty } from '../../shared/states.js';
import { whoseOf } from './whose.js';

export interface Member {
  readonly id: string;
  readonly kind: 'person' | 'company';
  readonly name: string;
  readonly language: string;
  readonly country: string;
  readonly area: string | null;
  readonly companyId?: string | null;
}

/** A page about one member: oneself, or (for a company's administrator) the company or one of its branches. */
export function MemberPage({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly children: (memberId: string) => ReactNode;
}) {
  const { t } = useTranslation('member');
  const { account } = useSession();
  const [search, setSearch] = useSearchParams();
  const isAdmin = account?.roles.includes('company-admin') === true && account.companyId !== null;
  const branches = usePages(`/v1/companies/${account?.companyId ?? ''}/branches`, { limit: 200 }, isAdmin);
  const choices = whoseOf(account, isAdmin ? (branches.data ?? []) : [], {
    own: t('whose.me'),
    company: t('whose.company'),
  });
  const chosen = choices.find(({ value }) => value === search.get('member')) ?? choices[0];
  return (
    <Stack maw={960} gap="md">
      <PageHead title={title} text={text}>
        {choices.length > 1 && (
          <Select
            aria-label={t('whose')}
            data={[...choices]}
            value={chosen?.value ?? null}
            allowDeselect={false}
            onChange={(value) => setSearch(value === null ? {} : { member: value })}
          />
        )}
      </PageHead>
      {chosen === undefined ? (
        <Empty text={t('notYet')}>
          <Button component={Link} to="/shop/personal">
            {t('getNumber')}
          </Button>
        </Empty>
      ) : (
        <div key={chosen.value}>{children(chosen.value)}</div>
      )}
    </Stack>
  );
}
