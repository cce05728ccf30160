import { Stepper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NextAction, Order } from './order-contract.js';

const STEPS = ['hold', 'apply', 'prove', 'select', 'pay', 'register-phone'] as const;
const ENDED = new Set(['rejected', 'cancelled', 'expired', 'refunded', 'refund-due', 'closed']);

/** How far an order is; waiting belongs to the step that it waits for. */
export function stepOf(action: NextAction, state: string): number {
  if (action === 'wait')
    return state === 'awaiting-approval' ? STEPS.indexOf('prove') : STEPS.indexOf('register-phone');
  const index = STEPS.indexOf(action as (typeof STEPS)[number]);
  return index < 0 ? STEPS.length : index;
}

export function OrderProgress({ order }: { readonly order: Order }) {
  const { t } = useTranslation('shop');
  if (ENDED.has(order.state)) return null;
  const active = stepOf(order.next.action, order.state);
  return (
    <Stepper active={active} size="xs" visibleFrom="sm" aria-label={t('order.progress')}>
      {STEPS.map((step) => (
        <Stepper.Step key={step} label={t(`step.${step}`)} allowStepSelect={false} />
      ))}
    </Stepper>
  );
}
