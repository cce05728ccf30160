import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { CustomerPanel } from '../../customers/customer-panel.js';
import { clockOf, useWording } from '../../customers/texts.js';
import type { Customer } from '../../customers/types.js';
import { Loaded } from '../../shared/states.js';
import { CustomerSearch } from './customer-search.js';
import { type CallAtHand, ofCall } from './use-desk.js';

const colours = { ringing: 'orange', talking: 'blue', ended: 'gray' } as const;

/** Who calls: at once what the call itself says, then all that is known of the customer. */
export function ScreenPop({ call }: { readonly call: CallAtHand }) {
  const { t } = useTranslation('desk');
  const say = useWording();
  const [put, setPut] = useState(false);
  const query = useQuery({
    queryKey: ofCall(call),
    queryFn: ({ signal }) => customerOf(call, signal),
    staleTime: 60_000,
  });
  if (put) return <CustomerSearch />;
  return (
    <Stack>
      <Alert
        color={colours[call.stage]}
        variant="light"
        title={t(`pop.${call.stage}`)}
        role="status"
        data-call={call.callId}
        data-stage={call.stage}
      >
        <Group justify="space-between">
          <Text>
            {call.callerNumber ?? t('pop.hidden')} · {say.country(call.country)} ·{' '}
            {say.language(call.language)} · {t('pop.dialled', { number: call.dialled ?? '–' })}
            {call.called != null && ` · ${t('pop.read', { number: call.called })}`}
            {call.waitedMs !== null && ` · ${t('pop.waited', { time: clockOf(call.waitedMs / 1_000) })}`}
          </Text>
          {(call.stage === 'ended' || call.queueCallId === undefined) && (
            <Button size="compact-sm" variant="default" onClick={() => setPut(true)}>
              {t('pop.putAway')}
            </Button>
          )}
        </Group>
      </Alert>
      <Loaded query={query}>
        {({ customer }) =>
          customer === null ? (
            <Text c="dimmed">{t('pop.nobody')}</Text>
          ) : (
            <CustomerPanel
              customer={customer}
              callId={call.queueCallId === undefined ? undefined : call.callId}
            />
          )
        }
      </Loaded>
    </Stack>
  );
}

/** By the queue's call, which knows also as which member he calls; else by his number. */
async function customerOf(
  call: CallAtHand,
  signal: AbortSignal,
): Promise<{ readonly customer: Customer | null }> {
  if (call.queueCallId !== undefined)
    return ask('PUT /v1/queue-calls/{id}/customer', { path: { id: call.queueCallId }, signal });
  if (call.callerNumber === null) return { customer: null };
  const path = `/v1/customers/by-number/${encodeURIComponent(call.callerNumber)}` as const;
  return { customer: await ask(`PUT ${path}`, { signal }) };
}
