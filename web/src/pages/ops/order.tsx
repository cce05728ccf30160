import { Badge, Stack, Text, Timeline } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useFresh } from '../../api/topics.js';
import { Facts } from '../../shared/facts.js';
import { useFormat } from '../../shared/format.js';
import { PageHead } from '../../shared/page-head.js';
import { Section } from '../../shared/section.js';
import { Loaded } from '../../shared/states.js';
import { OrderActions } from './order-actions.js';
import { type ShopOrder, titleOf } from './shop-order.js';

type Address = Readonly<Record<string, string | null | undefined>>;

interface Known extends ShopOrder {
  readonly buyerId: string;
  readonly history: readonly {
    readonly at: string;
    readonly to: string;
    readonly by: string;
    readonly reason: string | null;
  }[];
}

export default function OrderPage() {
  const { orderId = '' } = useParams();
  const path = `/v1/shop/orders/${orderId}` as const;
  const client = useQueryClient();
  useFresh('shop-orders', path);
  const order = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  return (
    <Loaded query={order}>
      {(found) => <Shown order={found} refresh={() => void client.invalidateQueries({ queryKey: [path] })} />}
    </Loaded>
  );
}

function Shown({ order, refresh }: { readonly order: Known; readonly refresh: () => void }) {
  const { t, i18n } = useTranslation(['ops', 'shop']);
  const { money, moment, country } = useFormat();
  const lines = ({ name, street, postcode, city, country: code, phone, taxId }: Address = {}) =>
    [name, street, [postcode, city].filter(Boolean).join(' '), code && country(code), phone, taxId]
      .filter((text) => text != null && text !== '')
      .join(', ');
  /** Who moved it: people are told apart as buyer and operator, the house's own hands have names. */
  const whoOf = (by: string): string => {
    if (by === order.buyerId) return t('by.buyer');
    if (i18n.exists(`by.${by}`, { ns: 'ops' })) return t(`by.${by}`);
    return t('by.operator');
  };
  return (
    <Stack maw={840}>
      <PageHead title={titleOf(order)}>
        <Badge size="lg" variant="light">
          {t(`shop:state.${order.state}`)}
        </Badge>
      </PageHead>
      <Facts
        facts={[
          [t('total'), money(order.price.total, order.price.currency)],
          [t('country'), country(order.country)],
          [t('orders.billing'), lines(order.billing ?? undefined)],
          ...(order.shipTo ? [[t('orders.shipTo'), lines(order.shipTo)] as const] : []),
        ]}
      />
      <OrderActions order={order} refresh={refresh} />
      <Section title={t('shop:order.history')}>
        <Timeline bulletSize={14} lineWidth={2} active={order.history.length}>
          {order.history.map(({ at, to, by, reason }) => (
            <Timeline.Item key={`${at}${to}`} title={t(`shop:state.${to}`)}>
              <Text size="sm" c="dimmed">
                {moment(at)} · {whoOf(by)}
              </Text>
              {reason !== null && <Text size="sm">{reason}</Text>}
            </Timeline.Item>
          ))}
        </Timeline>
      </Section>
    </Stack>
  );
}
