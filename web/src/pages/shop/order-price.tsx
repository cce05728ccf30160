import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.js';
import { Section } from '../../shared/section.js';
import type { Order } from './order-contract.js';

export function OrderPrice({ order }: { readonly order: Order }) {
  const { t, i18n } = useTranslation('shop');
  const { money } = useFormat();
  const { currency, lines, tax, total, recurring } = order.price;
  return (
    <Section title={t('order.price')}>
      <Table withRowBorders={false} verticalSpacing={4} className="digits">
        <Table.Tbody>
          {lines.map(({ about, count, amount }) => (
            <Table.Tr key={about}>
              <Table.Td>
                {i18n.exists(`line.${about}`, { ns: 'shop' }) ? t(`line.${about}`) : nameOf(order, about)}
                {count !== undefined && count > 1 ? ` × ${count}` : ''}
              </Table.Td>
              <Table.Td ta="right">{money(amount, currency)}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td>
              {tax.name ?? t('line.tax')} {tax.percent !== null && `${tax.percent} %`}
              {tax.note !== null && (
                <Text size="sm" c="dimmed">
                  {tax.note}
                </Text>
              )}
            </Table.Td>
            <Table.Td ta="right">{money(tax.amount, currency)}</Table.Td>
          </Table.Tr>
          <Table.Tr fw={700}>
            <Table.Td>{t('line.total')}</Table.Td>
            <Table.Td ta="right">{money(total, currency)}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      {recurring !== null && (
        <Text size="sm" c="dimmed">
          {t(`recurring.${recurring.interval}`, { amount: money(recurring.total, currency) })}
        </Text>
      )}
    </Section>
  );
}

/** Goods stand in the price by their id. */
const nameOf = ({ lines = [] }: Order, about: string): string =>
  lines.find(({ goods }) => goods === about)?.title ?? about;
