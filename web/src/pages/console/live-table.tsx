import { Anchor, Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useFormat } from '../../shared/format.js';
import { tellDone } from '../../shared/notify.js';
import { costSoFar } from './call-cost.js';
import { lasting, useNow } from './clock.js';
import type { LiveCall } from './live-list.js';
import { CallState, Grid, ReasonButton } from './parts.js';

/** One line a call; time and cost go on by themselves. */
export function LiveTable({ calls }: { readonly calls: readonly LiveCall[] }) {
  const { t } = useTranslation('console');
  const now = useNow();
  const { account } = useSession();
  const acts = account?.roles.includes('operator') === true;
  return (
    <Grid
      label={t('calls.live')}
      minWidth={980}
      head={[
        t('state'),
        t('calls.from'),
        t('calls.to'),
        t('calls.via'),
        [t('calls.lasts'), 'right'],
        [t('calls.cost'), 'right'],
        '',
      ]}
    >
      {calls.map((call) => (
        <Line key={call.id} call={call} now={now} acts={acts} />
      ))}
    </Grid>
  );
}

function Line({
  call,
  now,
  acts,
}: {
  readonly call: LiveCall;
  readonly now: number;
  readonly acts: boolean;
}) {
  const { t } = useTranslation('console');
  const { money, country } = useFormat();
  const talked = call.answeredAt === null ? 0 : now - Date.parse(call.answeredAt);
  const lasts = now - Date.parse(call.answeredAt ?? call.startedAt);
  const from = call.member?.name ?? call.trunk?.name ?? t('calls.house');
  return (
    <Table.Tr data-call={call.id}>
      <Table.Td>
        <CallState state={call.state} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {from}
        </Text>
        <Text size="xs" c="dimmed" className="digits">
          {call.calling ?? t('calls.withheld')}
          {call.fromCountry !== null && ` · ${country(call.fromCountry)}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} to={`/console/calls/${call.id}`} size="sm" fw={600} className="digits">
          {call.called ?? call.dialled}
        </Anchor>
        <Text size="xs" c="dimmed" className="digits">
          {call.dialled}
          {call.toCountry !== null && ` · ${country(call.toCountry)}`}
        </Text>
      </Table.Td>
      <Table.Td>{call.via.join(', ') || '–'}</Table.Td>
      <Table.Td ta="right" className="digits">
        {lasting(lasts)}
      </Table.Td>
      <Table.Td ta="right" className="digits">
        {call.price === null ? '–' : money(costSoFar(call.price, talked), call.price.currency)}
      </Table.Td>
      <Table.Td>
        {acts && (
          <Group gap={4} wrap="nowrap" justify="flex-end">
            {call.state === 'talking' && !call.emergency && call.origin !== 'order' && (
              <ReasonButton
                calm
                label={t('listen.button')}
                question={t('listen.question')}
                act={(reason, key) => ask(`POST /v1/calls/${call.id}/listen`, { body: { reason }, key })}
                done={() => tellDone(t('listen.done'))}
              />
            )}
            <ReasonButton
              label={t('hangUp.button')}
              question={t('hangUp.question', { from, to: call.called ?? call.dialled })}
              act={(reason, key) => ask(`POST /v1/calls/${call.id}/hang-up`, { body: { reason }, key })}
              done={() => tellDone(t('hangUp.done'))}
            />
          </Group>
        )}
        {!acts && (
          <Button component={Link} to={`/console/calls/${call.id}`} size="compact-xs" variant="subtle">
            {t('calls.trace')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
