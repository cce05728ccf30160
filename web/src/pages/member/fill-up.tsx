import { Button, Group, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { tellDone } from '../../shared/notify.js';
import { ProblemAlert } from '../../shared/states.js';

/** By card at the payment provider's page, or by a voucher. */
export function FillUp({ account, currency }: { readonly account: string; readonly currency: string }) {
  const { t } = useTranslation('member');
  const { money } = useFormat();
  const client = useQueryClient();
  const [amount, setAmount] = useState('');
  const [code, setCode] = useState('');
  const paying = useAction(
    (wanted: string, key) =>
      ask('POST /v1/accounts/{id}/top-ups', {
        path: { id: account },
        body: { amount: { amount: wanted.replace(',', '.'), currency } },
        key,
      }),
    { onSuccess: ({ redirectUrl }) => redirectUrl !== null && location.assign(redirectUrl) },
  );
  const redeeming = useAction(
    (typed: string, key) =>
      ask('POST /v1/accounts/{id}/vouchers', { path: { id: account }, body: { code: typed }, key }),
    {
      onSuccess: (value) => {
        setCode('');
        tellDone(t('wallet.redeemed', { amount: money(value.amount, value.currency) }));
        void client.invalidateQueries({ queryKey: ['/v1/accounts'] });
        void client.invalidateQueries({ queryKey: [`/v1/accounts/${account}/entries`] });
      },
    },
  );
  return (
    <>
      <ProblemAlert error={paying.error ?? redeeming.error} />
      <Group align="flex-end" gap="lg">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            paying.start(amount.trim());
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              label={t('wallet.amount', { currency })}
              inputMode="decimal"
              required
              pattern="[0-9]{1,9}([.,][0-9]{1,2})?"
              w={140}
              value={amount}
              onChange={(event) => setAmount(event.currentTarget.value)}
            />
            <Button type="submit" loading={paying.isPending}>
              {t('wallet.card')}
            </Button>
          </Group>
        </form>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            redeeming.start(code.trim());
          }}
        >
          <Group align="flex-end" gap="xs">
            <TextInput
              label={t('wallet.voucher')}
              required
              maxLength={60}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" loading={redeeming.isPending}>
              {t('wallet.redeem')}
            </Button>
          </Group>
        </form>
      </Group>
    </>
  );
}
