import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import type { StepProps } from './order.js';
import type { Order } from './order-contract.js';
import { useStep } from './use-step.js';

/** By card at the provider's page, or from the wallet, which a voucher fills. */
export function PayStep(props: StepProps) {
  const { t } = useTranslation('shop');
  const { money } = useFormat();
  const { order } = props;
  const { currency, total } = order.price;
  const waiting = order.payments.find(({ redirectUrl }) => redirectUrl !== null);
  const paying = useStep<{ readonly method: 'wallet' | 'direct'; readonly walletFirst?: boolean }>(
    props,
    'payments',
  );
  const began = paying.data === undefined ? undefined : redirectOf(paying.data);
  // The provider's page is asked for by pressing a button here: only then does the browser leave.
  useEffect(() => {
    if (began !== undefined) location.assign(began);
  }, [began]);
  return (
    <Section title={t('step.pay')} text={t('pay.text', { total: money(total, currency) })}>
      {waiting?.redirectUrl && (
        <Alert variant="light" color="blue" title={t('pay.begun')}>
          <Button component="a" href={waiting.redirectUrl} size="compact-md">
            {t('pay.goOn')}
          </Button>
        </Alert>
      )}
      <ProblemAlert error={paying.error} />
      <Group align="flex-start">
        <Button size="md" loading={paying.isPending} onClick={() => paying.start({ method: 'direct' })}>
          {t('pay.card')}
        </Button>
        <WalletButton
          currency={currency}
          total={total}
          loading={paying.isPending}
          onPay={(whole) =>
            paying.start(whole ? { method: 'wallet' } : { method: 'direct', walletFirst: true })
          }
        />
      </Group>
    </Section>
  );
}

const redirectOf = ({ payments }: Order): string | undefined =>
  payments.find(({ redirectUrl }) => redirectUrl !== null)?.redirectUrl ?? undefined;

/** Pays all from the wallet; or what it has, and the rest by card. */
function WalletButton({
  currency,
  total,
  loading,
  onPay,
}: {
  readonly currency: string;
  readonly total: string;
  readonly loading: boolean;
  readonly onPay: (whole: boolean) => void;
}) {
  const { t } = useTranslation('shop');
  const { money } = useFormat();
  const { account } = useSession();
  const known = account?.memberId != null || account?.companyId != null;
  const accounts = usePages('/v1/accounts', {}, known);
  const wallet = accounts.data?.find((one) => one.currency === currency);
  const standing = useQuery({
    queryKey: ['/v1/accounts', wallet?.id],
    queryFn: ({ signal }) => ask(`GET /v1/accounts/${wallet?.id ?? ''}`, { signal }),
    enabled: wallet !== undefined,
  });
  const available = standing.data?.available;
  if (wallet === undefined || available === undefined) return null;
  // The server decides; here it is only which button is offered.
  const [has, needed] = [Number(available), Number(total)];
  const whole = has >= needed || has <= 0;
  return (
    <Stack gap="xs">
      <Button size="md" variant="default" loading={loading} onClick={() => onPay(whole)}>
        {t(whole ? 'pay.wallet' : 'pay.walletFirst', { available: money(available, currency) })}
      </Button>
      <Voucher account={wallet.id} />
    </Stack>
  );
}

function Voucher({ account }: { readonly account: string }) {
  const { t } = useTranslation('shop');
  const { money } = useFormat();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const redeeming = useAction(
    (typed: string, key) =>
      ask('POST /v1/accounts/{id}/vouchers', { path: { id: account }, body: { code: typed }, key }),
    {
      onSuccess: () => {
        setCode('');
        void client.invalidateQueries({ queryKey: ['/v1/accounts'] });
      },
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        redeeming.start(code.trim());
      }}
    >
      <ProblemAlert error={redeeming.error} />
      {redeeming.data !== undefined && (
        <Text size="sm">
          {t('pay.redeemed', { amount: money(redeeming.data.amount, redeeming.data.currency) })}
        </Text>
      )}
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('pay.voucher')}
          value={code}
          required
          maxLength={60}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={redeeming.isPending}>
          {t('pay.redeem')}
        </Button>
      </Group>
    </form>
  );
}
