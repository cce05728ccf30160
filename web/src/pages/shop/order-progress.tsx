import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Order } from './order-contract.js';
import { STEPS, stepOf } from './steps.js';

const ENDED = new Set(['rejected', 'cancelled', 'expired', 'refunded', 'refund-due', 'closed']);

/** How far an order is, in one line that fits a telephone. */
export function OrderProgress({ order }: { readonly order: Order }) {
  const { t } = useTranslation('shop');
  if (ENDED.has(order.state)) return null;
  const place = stepOf(order.next.action, order.state);
  const name = t(`step.${STEPS[Math.min(place, STEPS.length - 1)]}`);
  const step = Math.min(place + 1, STEPS.length);
  return (
    <Stack gap={4}>
      <Text size="sm">{t('order.step', { step, all: STEPS.length, name })}</Text>
      <Progress value={(step / STEPS.length) * 100} aria-label={t('order.progress')} />
    </Stack>
  );
}
