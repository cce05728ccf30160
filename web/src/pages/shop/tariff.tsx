import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../shared/page-head.js';
import { PriceTable } from '../../shared/price-table.js';
import { Loaded } from '../../shared/states.js';
import { likelyCountry, useChoice } from './choice.js';
import { useCatalogue } from './contract.js';
import { CountryChoice } from './country-choice.js';

/** What calls will cost, before anybody buys. */
export default function Tariff() {
  const { t } = useTranslation('prices');
  const catalogue = useCatalogue();
  const [chosen, choose] = useChoice(['country']);
  return (
    <Stack maw={960}>
      <PageHead title={t('shop.title')} text={t('shop.text')} />
      <Loaded query={catalogue}>
        {({ countries }) => {
          const country = chosen.country || likelyCountry(countries, navigator.languages);
          return (
            <>
              <CountryChoice
                countries={countries}
                value={country}
                onChange={(code) => choose({ country: code })}
              />
              <PriceTable key={country} path="/v1/shop/tariff" query={{ country }} />
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}
