import { Button, Group, Stack, Switch, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { ProblemAlert } from '../../shared/states.js';
import { type DeskProduct, PRICES, type Prices, TIERS } from './catalogue-contract.js';
import { bodyOf, valuesOf } from './product-body.js';
import { WordsFields } from './words-fields.js';

/** One product: its words, whether it is sold, and its prices by tier. */
export function ProductEditor({
  product,
  onSaved,
}: {
  readonly product: DeskProduct;
  readonly onSaved: () => void;
}) {
  const { t } = useTranslation(['ops', 'shop', 'app']);
  const [values, setValues] = useState(() => valuesOf(product));
  const saving = useAction(
    (wanted: typeof values) =>
      ask('PUT /v1/shop/products/{id}', { path: { id: product.id }, body: bodyOf(product, wanted) }),
    {
      onSuccess: () => {
        tellDone(t('app:saved'));
        onSaved();
      },
    },
  );
  const setPrice = (tier: (typeof TIERS)[number], prices: Prices) =>
    setValues({ ...values, prices: { ...values.prices, [tier]: prices } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.start(values);
      }}
    >
      <Stack>
        <WordsFields
          title={values.title}
          body={values.body}
          onChange={(words) => setValues({ ...values, ...words })}
        />
        <Table.ScrollContainer minWidth={300}>
          <Table withRowBorders={false} verticalSpacing={4} horizontalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('shop:price.tier')}</Table.Th>
                {PRICES.map((name) => (
                  <Table.Th key={name}>
                    {t(`shop:price.${name}`)} ({product.currency})
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {TIERS.map((tier) => (
                <PriceRow
                  key={tier}
                  name={t(`shop:tier.${tier}`)}
                  prices={values.prices[tier]}
                  onChange={(prices) => setPrice(tier, prices)}
                />
              ))}
              {product.form === 'company' && (
                <PriceRow
                  name={t('shop:price.branch')}
                  prices={values.branch}
                  onChange={(branch) => setValues({ ...values, branch })}
                />
              )}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Switch
          label={t('catalogue.onSale')}
          checked={values.onSale}
          onChange={(event) => setValues({ ...values, onSale: event.currentTarget.checked })}
        />
        <ProblemAlert error={saving.error} />
        <Group>
          <Button type="submit" loading={saving.isPending}>
            {t('app:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function PriceRow({
  name,
  prices,
  onChange,
}: {
  readonly name: string;
  readonly prices: Prices;
  readonly onChange: (prices: Prices) => void;
}) {
  const { t } = useTranslation('shop');
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      {PRICES.map((column) => (
        <Table.Td key={column}>
          <TextInput
            aria-label={`${name}: ${t(`price.${column}`)}`}
            inputMode="decimal"
            maxLength={20}
            miw={80}
            value={prices[column]}
            onChange={(event) => onChange({ ...prices, [column]: event.currentTarget.value })}
          />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
