import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import { serialsOf } from './serials.js';
import type { ShopOrder } from './shop-order.js';

const REFUNDABLE = new Set(['paid', 'active', 'packed', 'returned', 'delivered']);

/** What can be done with an order in its state: pack, ship, deliver, take back, give money back. */
type Doing = 'delivery' | 'packing' | 'refunds' | 'return-refusal' | 'returned' | 'shipment';

export function OrderActions({
  order,
  refresh,
}: {
  readonly order: ShopOrder;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('ops');
  const [serials, setSerials] = useState('');
  const [carrier, setCarrier] = useState('');
  const [tracking, setTracking] = useState('');
  const [reason, setReason] = useState('');
  const doing = useAction(
    ({ what, body }: { readonly what: Doing; readonly body: object }, key) =>
      ask(`POST /v1/shop/orders/${order.id}/${what}`, { body, key }),
    { onSuccess: refresh },
  );
  const { kind, state } = order;
  const why = (
    <TextInput
      label={t('reason')}
      required
      maxLength={300}
      value={reason}
      onChange={(event) => setReason(event.currentTarget.value)}
    />
  );
  return (
    <Stack>
      <ProblemAlert error={doing.error} />
      {kind === 'goods' && state === 'paid' && (
        <Section title={t('pack.title')} text={t('pack.text')}>
          <Textarea
            label={t('pack.serials')}
            autosize
            minRows={3}
            placeholder="desk-phone-t31,001122334455"
            value={serials}
            onChange={(event) => setSerials(event.currentTarget.value)}
          />
          <div>
            <Button
              loading={doing.isPending}
              onClick={() => doing.start({ what: 'packing', body: { serials: serialsOf(serials) } })}
            >
              {t('pack.submit')}
            </Button>
          </div>
        </Section>
      )}
      {kind === 'goods' && state === 'packed' && (
        <Section title={t('ship.title')}>
          <Group align="flex-end">
            <TextInput
              label={t('ship.carrier')}
              value={carrier}
              onChange={(e) => setCarrier(e.currentTarget.value)}
            />
            <TextInput
              label={t('ship.tracking')}
              value={tracking}
              onChange={(e) => setTracking(e.currentTarget.value)}
            />
            <Button
              loading={doing.isPending}
              onClick={() => doing.start({ what: 'shipment', body: { carrier, tracking } })}
            >
              {t('ship.submit')}
            </Button>
          </Group>
        </Section>
      )}
      <Group>
        {kind === 'goods' && state === 'shipped' && (
          <Button onClick={() => doing.start({ what: 'delivery', body: {} })}>{t('deliver')}</Button>
        )}
        {kind === 'goods' && (state === 'return-asked' || state === 'shipped' || state === 'packed') && (
          <Button
            variant="default"
            onClick={() => doing.start({ what: 'returned', body: { reason: t('returned') } })}
          >
            {t('returned')}
          </Button>
        )}
        {kind === 'goods' && state === 'return-asked' && (
          <ConfirmButton
            size="sm"
            label={t('returnRefusal.title')}
            question={t('returnRefusal.question')}
            onConfirm={(close) => {
              doing.start({ what: 'return-refusal', body: { reason: reason.trim() } });
              close();
            }}
          >
            {why}
          </ConfirmButton>
        )}
        {REFUNDABLE.has(state) && (
          <ConfirmButton
            size="sm"
            label={t('refund.title')}
            question={t('refund.question')}
            onConfirm={(close) => {
              doing.start({ what: 'refunds', body: { reason: reason.trim() } });
              close();
            }}
          >
            {why}
          </ConfirmButton>
        )}
      </Group>
    </Stack>
  );
}
