import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../shared/page-head.js';
import { Loaded } from '../../shared/states.js';
import { countriesWith, likelyCountry, productOf, useChoice } from './choice.js';
import { type Catalogue, useCatalogue } from './contract.js';
import { CountryChoice } from './country-choice.js';
import { NumberSearch } from './number-search.js';
import { Verdict } from './verdict.js';

export default function Personal() {
  const { t } = useTranslation('shop');
  const catalogue = useCatalogue();
  return (
    <Stack maw={960} gap="lg">
      <PageHead title={t('personal.title')} text={t('personal.text')} />
      <Loaded query={catalogue}>{({ products }) => <Choose products={products} />}</Loaded>
    </Stack>
  );
}

function Choose({ products }: Pick<Catalogue, 'products'>) {
  const { t } = useTranslation('shop');
  const [chosen, choose] = useChoice(['country', 'way', 'number']);
  const countries = countriesWith(products, 'own-telephone', 'identification');
  const country = chosen.country || likelyCountry(countries, navigator.languages);
  const way = chosen.way === 'identification' ? 'identification' : 'own-telephone';
  const product = productOf(products, country, way);
  return (
    <>
      <CountryChoice
        countries={countries}
        value={country}
        onChange={(code) => choose({ country: code, number: '' })}
      />
      <SegmentedControl
        aria-label={t('personal.way')}
        value={way}
        onChange={(value) => choose({ way: value, number: '' })}
        data={[
          { value: 'own-telephone', label: t('personal.keep') },
          { value: 'identification', label: t('personal.pick') },
        ]}
      />
      {product === undefined ? (
        <Text>{t('notSoldThere')}</Text>
      ) : (
        <>
          <Text maw={720}>{product.text}</Text>
          {way === 'own-telephone' ? (
            <OwnTelephone
              key={country}
              product={product.id}
              number={chosen.number}
              onNumber={(number) => choose({ number })}
            />
          ) : (
            <NumberSearch key={product.id} product={product.id} />
          )}
        </>
      )}
    </>
  );
}

function OwnTelephone({
  product,
  number,
  onNumber,
}: {
  readonly product: string;
  readonly number: string;
  readonly onNumber: (number: string) => void;
}) {
  const { t } = useTranslation('shop');
  const [typed, setTyped] = useState(number);
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onNumber(typed.trim());
        }}
      >
        <Group align="flex-end">
          <TextInput
            label={t('personal.telephone')}
            description={t('personal.telephoneHint')}
            type="tel"
            autoComplete="tel"
            required
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit">{t('personal.check')}</Button>
        </Group>
      </form>
      {number !== '' && <Verdict product={product} number={number} />}
    </>
  );
}
