import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.js';
import { Section } from '../../shared/section.js';
import type { Product } from './contract.js';

/** What one product costs, by how easy its numbers are to remember. */
export function ProductPrices({ product }: { readonly product: Product }) {
  const { t } = useTranslation('shop');
  const { money, country } = useFormat();
  const { currency, prices, branch } = product;
  return (
    <Section title={`${product.title} · ${country(product.country)}`} text={product.text}>
      <table className="prices">
        <thead>
          <tr>
            <th>{t('price.tier')}</th>
            <th>{t('price.setup')}</th>
            <th>{t('price.monthly')}</th>
            <th>{t('price.yearly')}</th>
          </tr>
        </thead>
        <tbody className="digits">
          {prices.map((price) => (
            <tr key={price.tier}>
              <td>{t(`tier.${price.tier}`)}</td>
              {[price.setup, price.monthly, price.yearly].map((amount, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three columns that stay where they are
                <td key={column}>{money(amount, currency)}</td>
              ))}
            </tr>
          ))}
          {branch !== null && (
            <tr>
              <td>{t('price.branch')}</td>
              <td>{money(branch.setup, currency)}</td>
              <td>{money(branch.monthly, currency)}</td>
              <td>{money(branch.yearly, currency)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {!product.taxIncluded && (
        <Text size="sm" c="dimmed">
          {t('price.net')}
        </Text>
      )}
    </Section>
  );
}
