import { Button, Group, Stack, Text, Textarea, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, askBlob } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { download } from '../../shared/download.js';
import { useFormat } from '../../shared/format.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import type { StepProps } from './order.js';

const CANCELLABLE = new Set([
  'quoted',
  'held',
  'awaiting-verification',
  'awaiting-approval',
  'approved',
  'selected',
  'paid',
]);
const HAS_RECEIPT = new Set([
  'paid',
  'provisioning',
  'registered',
  'active',
  'closed',
  'packed',
  'shipped',
  'delivered',
  'done',
]);

/** Ways out of an order, its receipt, and what has happened to it. */
export function OrderEnds({ order, onOrder, refresh }: StepProps) {
  const { t } = useTranslation('shop');
  const { moment } = useFormat();
  const [why, setWhy] = useState('');
  const cancelling = useAction(
    (reason: string, key) =>
      ask('POST /v1/orders/{id}/cancellation', {
        path: { id: order.id },
        key,
        body: { reason: reason || null },
      }),
    { onSuccess: onOrder },
  );
  const returning = useAction(
    (reason: string, key) =>
      ask('POST /v1/orders/{id}/return', { path: { id: order.id }, key, body: { reason } }),
    { onSuccess: onOrder },
  );
  const receipt = useAction(() =>
    download(askBlob(`GET /v1/orders/${order.id}/receipt`), `anydial-${order.id}.pdf`),
  );
  const history = useQuery({
    queryKey: [`/v1/orders/${order.id}/history`, order.state],
    queryFn: ({ signal }) => ask('GET /v1/orders/{id}/history', { path: { id: order.id }, signal }),
  });
  const reason = (
    <Textarea
      label={t('order.why')}
      maxLength={300}
      value={why}
      onChange={(event) => setWhy(event.currentTarget.value)}
    />
  );
  return (
    <>
      <ProblemAlert error={receipt.error} />
      <Group>
        {HAS_RECEIPT.has(order.state) && (
          <Button variant="default" onClick={() => receipt.start()} loading={receipt.isPending}>
            {t('order.receipt')}
          </Button>
        )}
        {CANCELLABLE.has(order.state) && (
          <ConfirmButton
            size="sm"
            label={t('order.cancel')}
            question={t(order.state === 'paid' ? 'order.cancelPaid' : 'order.cancelQuestion')}
            error={cancelling.error}
            onConfirm={(close) => {
              cancelling.start(why.trim());
              close();
              refresh();
            }}
          >
            {reason}
          </ConfirmButton>
        )}
        {order.kind === 'goods' && order.state === 'delivered' && (
          <ConfirmButton
            size="sm"
            label={t('order.return')}
            question={t('order.returnQuestion')}
            error={returning.error}
            onConfirm={(close) => {
              returning.start(why.trim() || '-');
              close();
            }}
          >
            {reason}
          </ConfirmButton>
        )}
      </Group>
      <ProblemAlert error={cancelling.error ?? returning.error} />
      <Section title={t('order.history')}>
        <Loaded query={history}>
          {({ items }) => (
            <Timeline bulletSize={14} lineWidth={2} active={items.length}>
              {items.map(({ at, to, reason: because }) => (
                <Timeline.Item key={`${at}${to}`} title={t(`state.${to}`)}>
                  <Stack gap={0}>
                    <Text size="sm" c="dimmed">
                      {moment(at)}
                    </Text>
                    {because !== null && <Text size="sm">{because}</Text>}
                  </Stack>
                </Timeline.Item>
              ))}
            </Timeline>
          )}
        </Loaded>
      </Section>
    </>
  );
}
