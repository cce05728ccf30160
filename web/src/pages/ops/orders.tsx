import { Anchor, Badge, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useFresh } from '../../api/topics.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import { titleOf } from './shop-order.js';

const STATES = [
  'awaiting-approval',
  'approved',
  'selected',
  'paid',
  'active',
  'packed',
  'shipped',
  'refund-due',
  'rejected',
];

export default function Orders() {
  const { t } = useTranslation(['ops', 'shop']);
  const { money, moment } = useFormat();
  const [search, setSearch] = useSearchParams();
  const kind = search.get('kind') ?? undefined;
  const state = search.get('state') ?? undefined;
  useFresh('shop-orders', '/v1/shop/orders');
  const orders = usePages('/v1/shop/orders', { kind, state });
  const choose = (name: string, value: string | null) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (value === null) after.delete(name);
      else after.set(name, value);
      return after;
    });
  return (
    <Stack maw={960}>
      <PageHead title={t('orders.title')} />
      <Group>
        <Select
          label={t('orders.kind')}
          clearable
          data={['number', 'goods'].map((value) => ({ value, label: t(`orders.kind.${value}`) }))}
          value={kind ?? null}
          onChange={(value) => choose('kind', value)}
        />
        <Select
          label={t('orders.state')}
          clearable
          data={STATES.map((value) => ({ value, label: t(`shop:state.${value}`) }))}
          value={state ?? null}
          onChange={(value) => choose('state', value)}
        />
      </Group>
      <Loaded query={orders}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('orders.none')} />
          ) : (
            <Table verticalSpacing="xs" horizontalSpacing="xs">
              <Table.Tbody>
                {items.map((order) => (
                  <Table.Tr key={order.id}>
                    <Table.Td>
                      <Anchor component={Link} to={`/ops/orders/${order.id}`} className="digits">
                        {titleOf(order)}
                      </Anchor>
                      <Text size="sm" c="dimmed">
                        {moment(order.createdAt)}
                      </Text>
                    </Table.Td>
                    <Table.Td ta="right" className="digits">
                      {money(order.price.total, order.price.currency)}
                    </Table.Td>
                    <Table.Td ta="right">
                      <Badge variant="light">{t(`shop:state.${order.state}`)}</Badge>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      <More {...orders} />
    </Stack>
  );
}
