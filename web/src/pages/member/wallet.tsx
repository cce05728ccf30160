import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ask } from '../../api/http.js';
import { Facts } from '../../shared/facts.js';
import { useFormat } from '../../shared/format.js';
import { IconWallet } from '../../shared/icons.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded } from '../../shared/states.js';
import { FillUp } from './fill-up.js';
import { Statement } from './statement.js';

interface LedgerAccount {
  readonly id: string;
  readonly kind: string;
  readonly currency: string;
}
export default function Wallet() {
  const { t } = useTranslation('member');
  const accounts = usePages('/v1/accounts');
  return (
    <Stack maw={760}>
      <PageHead title={t('wallet.title')} text={t('wallet.text')} />
      <Loaded query={accounts}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('wallet.none')} icon={<IconWallet />}>
              <Button component={Link} to="/shop/personal">
                {t('getNumber')}
              </Button>
            </Empty>
          ) : (
            items.map((account) => <Purse key={account.id} account={account} />)
          )
        }
      </Loaded>
    </Stack>
  );
}

function Purse({ account }: { readonly account: LedgerAccount }) {
  const { t } = useTranslation('member');
  const { money } = useFormat();
  const path = `/v1/accounts/${account.id}` as const;
  const standing = useQuery({
    queryKey: ['/v1/accounts', account.id],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  return (
    <>
      <Section title={t(`wallet.${account.kind}`, { currency: account.currency })}>
        <Loaded query={standing}>
          {({ currency, credit, held, creditLimit, available }) => (
            <Facts
              facts={[
                [t('wallet.available'), money(available, currency)],
                [t('wallet.credit'), money(credit, currency)],
                [t('wallet.held'), money(held, currency)],
                [t('wallet.limit'), money(creditLimit, currency)],
              ]}
            />
          )}
        </Loaded>
        <FillUp account={account.id} currency={account.currency} />
      </Section>
      <Statement account={account.id} currency={account.currency} />
    </>
  );
}
