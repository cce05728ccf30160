import { Table, Text } from '@mantine/core';
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
      <Table withRowBorders={false} verticalSpacing={4} horizontalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('price.tier')}</Table.Th>
            <Table.Th ta="right">{t('price.setup')}</Table.Th>
            <Table.Th ta="right">{t('price.monthly')}</Table.Th>
            <Table.Th ta="right">{t('price.yearly')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="digits">
          {prices.map((price) => (
            <Table.Tr key={price.tier}>
              <Table.Td>{t(`tier.${price.tier}`)}</Table.Td>
              {[price.setup, price.monthly, price.yearly].map((amount, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three columns that stay where they are
                <Table.Td key={column} ta="right">
                  {money(amount, currency)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          {branch !== null && (
            <Table.Tr>
              <Table.Td>{t('price.branch')}</Table.Td>
              <Table.Td ta="right">{money(branch.setup, currency)}</Table.Td>
              <Table.Td ta="right">{money(branch.monthly, currency)}</Table.Td>
              <Table.Td ta="right">{money(branch.yearly, currency)}</Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>

      {!product.taxIncluded && (
        <Text size="sm" c="dimmed">
          {t('price.net')}
        </Text>
      )}
    </Section>
  );
}
