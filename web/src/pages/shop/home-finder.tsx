import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../shared/format.js';
import { IconSearch } from '../../shared/icons.js';
import { productOf } from './choice.js';
import type { Product } from './contract.js';
import { CountryChoice } from './country-choice.js';
import { KeypadHint } from './keypad-hint.js';

const FORMS = ['own-telephone', 'company', 'identification'] as const;
type Form = Product['form'];

/** The first question: which number, and what it costs; leads to the answer whether it is free. */
export function HomeFinder({
  products,
  countries,
  country,
  onCountry,
}: {
  readonly products: readonly Product[];
  readonly countries: readonly string[];
  readonly country: string;
  readonly onCountry: (country: string) => void;
}) {
  const { t } = useTranslation('shop');
  const navigate = useNavigate();
  const sold = FORMS.filter((one) => productOf(products, country, one) !== undefined);
  const [wanted, setWanted] = useState<Form>('own-telephone');
  const [typed, setTyped] = useState('');
  const form = sold.includes(wanted) ? wanted : sold[0];
  if (form === undefined) return null;
  const own = form === 'own-telephone';
  return (
    <Paper withBorder shadow="sm" p={{ base: 'md', sm: 'lg' }} className="finder">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void navigate(pathOf(form, country, typed.trim()));
        }}
      >
        <Stack gap="sm">
          <Button.Group aria-label={t('personal.way')} className="choices">
            {sold.map((value) => (
              <Button
                key={value}
                variant={value === form ? 'filled' : 'default'}
                aria-pressed={value === form}
                onClick={() => setWanted(value)}
              >
                {t(`finder.${value}`)}
              </Button>
            ))}
          </Button.Group>
          <Group align="flex-end" gap="sm">
            <TextInput
              size="md"
              flex="1 1 220px"
              label={t(own ? 'personal.telephone' : 'search.pattern')}
              placeholder={t(`finder.${form}.placeholder`)}
              type={own ? 'tel' : 'text'}
              autoComplete={own ? 'tel' : 'off'}
              maxLength={20}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <CountryChoice size="md" countries={countries} value={country} onChange={onCountry} />
          </Group>
          {own ? <Text size="sm">{t('finder.own.about')}</Text> : <KeypadHint typed={typed} />}
          <Price product={productOf(products, country, form)} />
          <Button type="submit" size="md" leftSection={<IconSearch size={18} />}>
            {t('finder.submit')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}

function Price({ product }: { readonly product: Product | undefined }) {
  const { t } = useTranslation('shop');
  const { money } = useFormat();
  const [cheapest] = product?.prices ?? [];
  if (product === undefined || cheapest === undefined) return null;
  return (
    <Text fw={600} className="digits" role="status">
      {t('finder.price', {
        setup: money(cheapest.setup, product.currency),
        monthly: money(cheapest.monthly, product.currency),
      })}
    </Text>
  );
}

function pathOf(form: Form, country: string, typed: string): string {
  if (form === 'company')
    return `/shop/company?${new URLSearchParams({ country, ...(typed && { pattern: typed }) })}`;
  const what = form === 'own-telephone' ? { number: typed } : { pattern: typed };
  return `/shop/personal?${new URLSearchParams({ country, way: form, ...(typed && what) })}`;
}
