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
import type { CallAtHand } from './use-desk.js';

const colours = { ringing: 'orange', talking: 'blue', ended: 'gray' } as const;

/** Who calls: at once what the call itself says, then all that is known of the customer. */
export function ScreenPop({ call }: { readonly call: CallAtHand }) {
  const { t } = useTranslation('desk');
  const say = useWording();
  const [put, setPut] = useState(false);
  const query = useQuery({
    queryKey: ['customer', 'of-call', call.queueCallId],
    queryFn: ({ signal }) =>
      ask<{ customer: Customer | null }>(`PUT /v1/queue-calls/${call.queueCallId}/customer`, { signal }),
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
            {say.language(call.language)} · {t('pop.dialled', { number: call.dialled ?? '–' })} ·{' '}
            {t('pop.waited', { time: clockOf((call.waitedMs ?? 0) / 1_000) })}
          </Text>
          {call.stage === 'ended' && (
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
            <CustomerPanel customer={customer} callId={call.callId} />
          )
        }
      </Loaded>
    </Stack>
  );
}
