import { Code, Group, List, Stack, Table, Text, Timeline } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useTopics } from '../../api/topics.js';
import { Facts } from '../../shared/facts.js';
import { useFormat } from '../../shared/format.js';
import { PageHead } from '../../shared/page-head.js';
import { Section } from '../../shared/section.js';
import { Loaded } from '../../shared/states.js';
import { lasting, useExact } from './clock.js';
import { ladderOf, type TracedCall, type TracedLeg } from './ladder.js';
import { LadderPicture } from './ladder-picture.js';
import type { Moved } from './live-list.js';
import { CallState, Grid } from './parts.js';
import { type Candidate, Candidates, type ReadingStep, ReadingSteps } from './reading.js';
import { timelineOf } from './timeline.js';

export interface Traced {
  readonly call: TracedCall;
  readonly legs: readonly TracedLeg[];
  readonly shown: { readonly called: string | null; readonly calling: string | null };
  readonly cost: {
    readonly amount: string;
    readonly currency: string;
    readonly destination: string | null;
  } | null;
  readonly interventions: readonly {
    readonly at: string;
    readonly kind: 'hang-up' | 'listen';
    readonly by: string | null;
    readonly reason: string;
  }[];
  readonly trace: {
    readonly steps: readonly ReadingStep[];
    readonly candidates: readonly Candidate[];
    readonly moves: readonly {
      readonly at: number;
      readonly from: string;
      readonly event: string;
      readonly to: string;
    }[];
    readonly hunts?: readonly {
      readonly at: number;
      readonly attempt: number;
      readonly outcome: string;
      readonly next?: number;
    }[];
    readonly links?: readonly Readonly<Record<string, unknown>>[];
  };
}

/** Why a call went as it did: its address can be passed on. */
export default function Trace() {
  const { callId = '' } = useParams();
  const path = `/v1/calls/${callId}/trace` as const;
  const client = useQueryClient();
  const traced = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  const refresh = () => void client.invalidateQueries({ queryKey: [path] });
  useTopics(
    'calls',
    ({ data }) => {
      if ((data['calls'] as readonly Moved[] | undefined)?.some(({ id }) => id === callId) === true)
        refresh();
    },
    refresh,
  );
  // As text it comes only when it is asked for (`?as=ladder`).
  return (
    <Loaded query={traced}>{(found) => (typeof found === 'string' ? null : <Shown found={found} />)}</Loaded>
  );
}

function Shown({ found }: { readonly found: Traced }) {
  const { t } = useTranslation('console');
  const { money } = useFormat();
  const exact = useExact();
  const { call, legs, trace, cost, shown } = found;
  const names = { caller: t('trace.caller'), exchange: t('trace.exchange') };
  const talked =
    call.answeredAt === null || call.endedAt === null
      ? '–'
      : lasting(Date.parse(call.endedAt) - Date.parse(call.answeredAt));
  return (
    <Stack gap="md">
      <PageHead title={t('trace.title', { called: shown.called ?? call.dialled })}>
        <CallState state={call.state} />
      </PageHead>
      <Facts
        facts={[
          [t('trace.id'), <Code key="id">{call.id}</Code>],
          [t('trace.dialled'), <Code key="dialled">{call.dialled}</Code>],
          [t('trace.readAs'), `${call.reading ?? '–'} ${shown.called ?? ''}`],
          [t('calls.from'), shown.calling ?? call.trunkId ?? '–'],
          [t('when'), exact(call.startedAt)],
          [t('calls.talked'), talked],
          [
            t('calls.cost'),
            cost === null ? '–' : `${money(cost.amount, cost.currency)} ${cost.destination ?? ''}`,
          ],
          [
            t('calls.end'),
            call.reason === null
              ? '–'
              : t('trace.ended', {
                  by: call.endedBy,
                  reason: call.reason,
                  cause: call.q850 ?? '–',
                  sip: call.sip ?? '–',
                }),
          ],
        ]}
      />
      <Section title={t('trace.ladder')}>
        <LadderPicture ladder={ladderOf(call, legs, names)} began={Date.parse(call.startedAt)} />
      </Section>
      <Section title={t('trace.legs')}>
        <Grid
          label={t('trace.legs')}
          head={[
            '#',
            t('trace.target'),
            t('trace.sent'),
            t('trace.began'),
            t('trace.answered'),
            t('trace.over'),
            t('trace.cause'),
          ]}
        >
          {legs.map((leg) => (
            <Table.Tr key={leg.leg}>
              <Table.Td>{leg.attempt}</Table.Td>
              <Table.Td>{`${t(`trace.kind.${leg.kind}`)} ${leg.target}`}</Table.Td>
              <Table.Td className="digits">{leg.called}</Table.Td>
              <Table.Td className="digits">{exact(leg.createdAt)}</Table.Td>
              <Table.Td className="digits">{leg.answeredAt === null ? '–' : exact(leg.answeredAt)}</Table.Td>
              <Table.Td className="digits">{leg.endedAt === null ? '–' : exact(leg.endedAt)}</Table.Td>
              <Table.Td className="digits">
                {leg.q850 ?? '–'}
                {leg.sip !== null && ` / ${leg.sip}`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Grid>
      </Section>
      <Section title={t('trace.reading')}>
        <ReadingSteps steps={trace.steps} />
        <Candidates candidates={trace.candidates} />
      </Section>
      <Section title={t('trace.timeline')}>
        <Timeline bulletSize={10} lineWidth={1}>
          {timelineOf(found, t).map(({ at, title, detail }) => (
            <Timeline.Item key={`${at} ${title} ${detail ?? ''}`} title={<Text size="sm">{title}</Text>}>
              <Group gap="xs">
                <Text size="xs" c="dimmed" className="digits">
                  {exact(at)} (+{((at - Date.parse(call.startedAt)) / 1_000).toFixed(3)} s)
                </Text>
                {detail !== undefined && <Text size="xs">{detail}</Text>}
              </Group>
            </Timeline.Item>
          ))}
        </Timeline>
        {trace.links !== undefined && (
          <List size="sm">
            {trace.links.map((link) => (
              <List.Item key={JSON.stringify(link)}>
                <Code>{JSON.stringify(link)}</Code>
              </List.Item>
            ))}
          </List>
        )}
      </Section>
    </Stack>
  );
}
