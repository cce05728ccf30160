import { Button, List, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { e164Of } from '../../shared/telephone.js';
import { basketOf } from './basket-text.js';
import { addressFor, BillingFields, billingBody } from './billing-fields.js';

/** Where the goods go, and who is billed. */
export default function Basket() {
  const { t, i18n } = useTranslation('shop');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const country = search.get('country') ?? '';
  const basket = basketOf(search.get('basket') ?? '');
  const goods = usePages('/v1/shop/goods', { lang: i18n.resolvedLanguage, country });
  const [address, setAddress] = useState(addressFor(country));
  const [phone, setPhone] = useState('');
  const ordering = useAction(
    (_: { readonly address: typeof address; readonly phone: string }, key) => {
      const billing = billingBody(address);
      const { taxId: __, ...shipTo } = billing;
      return ask('POST /v1/orders', {
        key,
        body: {
          kind: 'goods',
          language: i18n.resolvedLanguage,
          lines: Object.entries(basket).map(([id, count]) => ({ goods: id, count })),
          country,
          billing,
          shipTo: { ...shipTo, phone: e164Of(phone) },
        },
      });
    },
    { onSuccess: ({ id }) => void navigate(`/shop/orders/${id}`, { replace: true }) },
  );
  return (
    <Stack maw={720}>
      <PageHead title={t('basket.title')} />
      <Loaded query={goods}>
        {(items) => (
          <List>
            {items
              .filter(({ id }) => basket[id] !== undefined)
              .map(({ id, title }) => (
                <List.Item key={id}>
                  {basket[id]} × {title}
                </List.Item>
              ))}
          </List>
        )}
      </Loaded>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ordering.start({ address, phone });
        }}
      >
        <Stack>
          <Section title={t('basket.to')}>
            <BillingFields value={address} onChange={setAddress} />
            <TextInput
              label={t('basket.phone')}
              type="tel"
              autoComplete="tel"
              required
              value={phone}
              onChange={(event) => setPhone(event.currentTarget.value)}
            />
          </Section>
          <ProblemAlert error={ordering.error} />
          <div>
            <Button type="submit" loading={ordering.isPending} disabled={Object.keys(basket).length === 0}>
              {t('basket.submit')}
            </Button>
          </div>
        </Stack>
      </form>
    </Stack>
  );
}
