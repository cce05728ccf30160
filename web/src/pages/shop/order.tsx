import { Alert, Badge, Grid, Group, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useLive } from '../../api/live.js';
import { Countdown } from '../../shared/countdown.js';
import { PageHead } from '../../shared/page-head.js';
import { Loaded } from '../../shared/states.js';
import { NextStep } from './next-step.js';
import type { Order } from './order-contract.js';
import { OrderEnds } from './order-ends.js';
import { OrderPrice } from './order-price.js';
import { OrderProgress } from './order-progress.js';

/** An order from the quote to the working number: the page always shows the one next step, whichever tab or back button led here. */
export default function OrderPage() {
  const { orderId = '' } = useParams();
  const client = useQueryClient();
  const path = `/v1/orders/${orderId}` as const;
  const refresh = () => void client.invalidateQueries({ queryKey: [path] });
  const order = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
    refetchOnWindowFocus: 'always',
  });
  useLive('/v1/events?topics=orders', {
    events: { message: refresh, ready: () => undefined, resync: refresh },
    connected: refresh,
  });
  return (
    <Stack maw={1120}>
      <Loaded query={order}>
        {(found) => (
          <Shown
            order={found}
            onOrder={(changed) => {
              client.setQueryData([path], changed);
              void client.invalidateQueries({ queryKey: ['/v1/orders'] });
            }}
            refresh={refresh}
          />
        )}
      </Loaded>
    </Stack>
  );
}

export interface StepProps {
  readonly order: Order;
  /** The order as a route has just answered it. */
  readonly onOrder: (order: Order) => void;
  /** Reads it anew: something was refused because it has moved meanwhile. */
  readonly refresh: () => void;
}

function Shown(props: StepProps) {
  const { t } = useTranslation('shop');
  const { order, refresh } = props;
  const { until, action } = order.next;
  return (
    <>
      <PageHead title={order.shown ?? t('order.goods')} text={t(`order.${order.kind}.text`)}>
        <Badge size="lg" variant="light">
          {t(`state.${order.state}`)}
        </Badge>
      </PageHead>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack>
            {order.kind === 'number' && <OrderProgress order={order} />}
            {until !== null && action !== 'none' && (
              <Alert variant="light" color="blue" role="note">
                <Group gap="xs">
                  {t('order.until')} <Countdown until={until} onOver={refresh} />
                </Group>
              </Alert>
            )}
            <div aria-live="polite">
              <NextStep {...props} />
            </div>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <OrderPrice order={order} />
            <OrderEnds {...props} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
