import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../shared/page-head.js';
import { Loaded } from '../../shared/states.js';
import { countriesWith, likelyCountry, productOf, useChoice } from './choice.js';
import { type Catalogue, useCatalogue } from './contract.js';
import { CountryChoice } from './country-choice.js';
import { NumberSearch } from './number-search.js';

export default function Company() {
  const { t } = useTranslation('shop');
  const catalogue = useCatalogue();
  return (
    <Stack maw={960} gap="lg">
      <PageHead title={t('company.title')} text={t('company.text')} />
      <Loaded query={catalogue}>{({ products }) => <Choose products={products} />}</Loaded>
    </Stack>
  );
}

function Choose({ products }: Pick<Catalogue, 'products'>) {
  const { t } = useTranslation('shop');
  const [chosen, choose] = useChoice(['country']);
  const countries = countriesWith(products, 'company');
  const country = chosen.country || likelyCountry(countries, navigator.languages);
  const product = productOf(products, country, 'company');
  return (
    <>
      <CountryChoice countries={countries} value={country} onChange={(code) => choose({ country: code })} />
      {product === undefined ? (
        <Text>{t('notSoldThere')}</Text>
      ) : (
        <>
          <Text maw={720}>{product.text}</Text>
          <NumberSearch key={product.id} product={product.id} patternNeeded />
        </>
      )}
    </>
  );
}
