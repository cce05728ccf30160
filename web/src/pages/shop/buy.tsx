import { Alert, Button, MultiSelect, Radio, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { PageHead } from '../../shared/page-head.js';
import { useSaleWarnings } from '../../shared/sale-warnings.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { addressFor, type BillingAddress, BillingFields, billingBody } from './billing-fields.js';
import { type Catalogue, type Product, useAvailability, useCatalogue } from './contract.js';

/** The last look at a number before it is ordered: for how long, in which countries, who is billed. */
export default function Buy() {
  const { t } = useTranslation('shop');
  const catalogue = useCatalogue();
  return (
    <Stack maw={720}>
      <PageHead title={t('buy.title')} text={t('buy.text')} />
      <Loaded query={catalogue}>{(found) => <Chosen catalogue={found} />}</Loaded>
    </Stack>
  );
}

function Chosen({ catalogue }: { readonly catalogue: Catalogue }) {
  const { t } = useTranslation('shop');
  const [search] = useSearchParams();
  const product = catalogue.products.find(({ id }) => id === search.get('product'));
  if (product === undefined) return <Text>{t('notSoldThere')}</Text>;
  return <OrderForm product={product} number={search.get('number') ?? ''} countries={catalogue.countries} />;
}

interface Wish {
  readonly interval: 'month' | 'year';
  readonly countries: readonly string[];
  readonly billing: BillingAddress;
}

function OrderForm({
  product,
  number,
  countries,
}: {
  readonly product: Product;
  readonly number: string;
  readonly countries: readonly string[];
}) {
  const { t, i18n } = useTranslation('shop');
  const { country, money } = useFormat();
  const wordsOf = useSaleWarnings();
  const navigate = useNavigate();
  const form = useForm<Wish>({
    initialValues: { interval: 'year', countries: [product.country], billing: addressFor(product.country) },
  });
  const verdict = useAvailability(
    product.id,
    number,
    product.form === 'company' ? form.values.countries : undefined,
  );
  const ordering = useAction(
    ({ interval, countries: where, billing }: Wish, key) =>
      ask('POST /v1/orders', {
        key,
        body: {
          kind: 'number',
          product: product.id,
          number,
          interval,
          language: i18n.resolvedLanguage,
          billing: billingBody(billing),
          ...(product.form === 'company' ? { countries: where } : {}),
        },
      }),
    { onSuccess: ({ id }) => void navigate(`/shop/orders/${id}`, { replace: true }) },
  );
  const price = verdict.data?.price;
  return (
    <form onSubmit={form.onSubmit(ordering.start)}>
      <Stack>
        <Section title={verdict.data?.shown ?? number} text={product.title}>
          {verdict.data?.available === false && (
            <Alert color="orange" variant="light" title={t('verdict.taken', { number: verdict.data.shown })}>
              {verdict.data.reasons.map(({ text }) => text).join(' ')}
            </Alert>
          )}
          {wordsOf(verdict.data?.warnings ?? []).map((text) => (
            <Alert key={text} color="yellow" variant="light">
              {text}
            </Alert>
          ))}
          <Radio.Group label={t('buy.interval')} {...form.getInputProps('interval')}>
            <Stack gap="xs" mt="xs">
              {(['year', 'month'] as const).map((interval) => (
                <Radio
                  key={interval}
                  value={interval}
                  label={
                    price
                      ? t(`buy.interval.${interval}`, {
                          price: money(interval === 'year' ? price.yearly : price.monthly, price.currency),
                        })
                      : t(`interval.${interval}`)
                  }
                />
              ))}
            </Stack>
          </Radio.Group>
          {product.form === 'company' && (
            <MultiSelect
              label={t('buy.countries')}
              description={t('buy.countriesHint')}
              data={countries.map((code) => ({ value: code, label: country(code) }))}
              value={[...form.values.countries]}
              onChange={(chosen) =>
                form.setFieldValue('countries', [...new Set([product.country, ...chosen])])
              }
            />
          )}
        </Section>
        <Section title={t('billing.title')}>
          <BillingFields
            company={product.kind === 'company'}
            value={form.values.billing}
            onChange={(billing) => form.setFieldValue('billing', billing)}
          />
        </Section>
        <ProblemAlert error={verdict.error ?? ordering.error} />
        <div>
          <Button type="submit" size="md" loading={ordering.isPending}>
            {t('buy.submit')}
          </Button>
        </div>
        <Text size="sm" c="dimmed">
          {t('buy.nothingYet')}
        </Text>
      </Stack>
    </form>
  );
}
