import { Button, Group, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { tellDone } from '../../shared/notify.js';
import { ProblemAlert } from '../../shared/states.js';
import type { DeskGoods } from './catalogue-contract.js';
import { filled } from './product-body.js';
import { WordsFields } from './words-fields.js';

/** One kind of telephone, adapter or card: its words, whether it is sold, and what it costs in each country. */
export function GoodsEditor({ goods, onSaved }: { readonly goods: DeskGoods; readonly onSaved: () => void }) {
  const { t } = useTranslation(['ops', 'app']);
  const { country } = useFormat();
  const { id, kind, vendor } = goods;
  const [values, setValues] = useState({
    title: goods.title,
    body: goods.body,
    onSale: goods.onSale,
    prices: goods.prices,
  });
  const saving = useAction(
    ({ title, body, onSale, prices }: typeof values) =>
      ask('PUT /v1/shop/goods/{id}', {
        path: { id },
        body: {
          kind,
          vendor,
          onSale,
          title: filled(title),
          body: filled(body),
          prices: prices
            .filter(({ price }) => price.trim() !== '')
            .map((one) => ({ ...one, price: one.price.trim() })),
        },
      }),
    {
      onSuccess: () => {
        tellDone(t('app:saved'));
        onSaved();
      },
    },
  );
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
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          {values.prices.map(({ country: code, currency, price }) => (
            <TextInput
              key={code}
              label={t('catalogue.priceIn', { country: country(code), currency })}
              inputMode="decimal"
              maxLength={20}
              value={price}
              onChange={(event) => {
                const typed = event.currentTarget.value;
                const prices = values.prices.map((one) =>
                  one.country === code ? { ...one, price: typed } : one,
                );
                setValues({ ...values, prices });
              }}
            />
          ))}
        </SimpleGrid>
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
