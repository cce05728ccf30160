import { Anchor, Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import type { Order } from './order-contract.js';

export default function Orders() {
  const { t } = useTranslation('shop');
  const { money, moment } = useFormat();
  const orders = usePages('/v1/orders');
  return (
    <Stack maw={840}>
      <PageHead title={t('orders.title')} />
      <Loaded query={orders}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('orders.none')}>
              <Anchor component={Link} to="/">
                {t('orders.look')}
              </Anchor>
            </Empty>
          ) : (
            <Stack component="ul" p={0} m={0} gap="sm" style={{ listStyle: 'none' }}>
              {items.map((order) => (
                <Paper key={order.id} component="li" withBorder p="sm">
                  <Group justify="space-between" wrap="nowrap" align="flex-start">
                    <Stack gap={2} miw={0}>
                      <Anchor component={Link} to={`/shop/orders/${order.id}`} fw={600} className="digits">
                        {titleOf(order)}
                      </Anchor>
                      <Text size="sm" c="dimmed">
                        {moment(order.createdAt)} · {money(order.price.total, order.price.currency)}
                      </Text>
                    </Stack>
                    <Badge variant="light" style={{ flexShrink: 0 }}>
                      {t(`state.${order.state}`)}
                    </Badge>
                  </Group>
                </Paper>
              ))}
            </Stack>
          )
        }
      </Loaded>
      <More {...orders} />
    </Stack>
  );
}

const titleOf = ({ shown, lines = [], id }: Order): string =>
  shown ?? (lines.map(({ title, count }) => `${count} × ${title}`).join(', ') || id);
