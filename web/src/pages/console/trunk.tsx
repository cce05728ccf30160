import { BarChart } from '@mantine/charts';
import { Alert, Anchor, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import '@mantine/charts/styles.css';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useTopics } from '../../api/topics.js';
import { useAction } from '../../shared/action.js';
import { Facts } from '../../shared/facts.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { useExact } from './clock.js';
import { Grid, HealthBadge, ReasonButton } from './parts.js';
import { healthOf, type TrunkNow } from './trunks.js';

interface TrunkDay extends TrunkNow {
  readonly hours: readonly { readonly at: string; readonly offered: number; readonly answered: number }[];
}
export default function TrunkPage() {
  const { trunkId = '' } = useParams();
  const path = `/v1/trunk-health/${trunkId}` as const;
  const client = useQueryClient();
  const trunk = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  const refresh = () => {
    void client.invalidateQueries({ queryKey: [path] });
    void client.invalidateQueries({ queryKey: [`${path}/events`] });
  };
  useTopics('trunks,calls,network', refresh, refresh);
  return <Loaded query={trunk}>{(found) => <Shown trunk={found} refresh={refresh} />}</Loaded>;
}

function Shown({ trunk, refresh }: { readonly trunk: TrunkDay; readonly refresh: () => void }) {
  const { t, i18n } = useTranslation('console');
  const { country } = useFormat();
  const exact = useExact();
  const { account } = useSession();
  const acts = account?.roles.includes('operator') === true;
  const hour = new Intl.DateTimeFormat(i18n.resolvedLanguage ?? 'en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (
    <Stack gap="md">
      <PageHead
        title={trunk.name}
        text={`${trunk.id} · ${t(`network.kind.${trunk.kind}`)} · ${country(trunk.country)}`}
      >
        <Group gap="xs">
          <HealthBadge state={healthOf(trunk)} />
          {acts && <Switch trunk={trunk} refresh={refresh} />}
        </Group>
      </PageHead>
      <Facts
        facts={[
          [t('network.now'), trunk.callsNow],
          [t('network.day'), `${trunk.answered} / ${trunk.offered}`],
          [
            t('network.since'),
            trunk.since === null ? '–' : `${exact(trunk.since)} (${t(`sign.${trunk.sign ?? 'none'}`)})`,
          ],
          [
            t('network.lastFailure'),
            trunk.lastFailure === null ? (
              '–'
            ) : (
              <Anchor key="f" component={Link} to={`/console/calls/${trunk.lastFailure.callId}`} size="sm">
                {exact(trunk.lastFailure.at)}
              </Anchor>
            ),
          ],
          ...(trunk.registration === null
            ? []
            : [
                [
                  t('trunk.registration'),
                  [
                    t(`trunk.registration.${trunk.registration.state}`),
                    ...(trunk.registration.since === null ? [] : [exact(trunk.registration.since)]),
                  ].join(' · '),
                ] as const,
              ]),
          ...(trunk.centres.length === 0
            ? []
            : [[t('network.centres'), trunk.centres.map(({ name }) => name).join(', ')] as const]),
        ]}
      />
      {acts && <TestCall trunk={trunk} />}
      <Section title={t('home.hours')}>
        <div aria-hidden="true">
          <BarChart
            h={160}
            data={trunk.hours.map((one) => ({
              hour: hour.format(new Date(one.at)),
              [t('home.answered')]: one.answered,
              [t('home.unanswered')]: one.offered - one.answered,
            }))}
            dataKey="hour"
            type="stacked"
            series={[
              { name: t('home.answered'), color: 'teal.7' },
              { name: t('home.unanswered'), color: 'gray.5' },
            ]}
            yAxisProps={{ allowDecimals: false }}
            barProps={{ isAnimationActive: false }}
            barChartProps={{ accessibilityLayer: false }}
          />
        </div>
      </Section>
      <History id={trunk.id} />
    </Stack>
  );
}

function Switch({ trunk, refresh }: { readonly trunk: TrunkDay; readonly refresh: () => void }) {
  const { t } = useTranslation('console');
  const turn = (enabled: boolean) => ask(`PATCH /v1/trunks/${trunk.id}`, { body: { enabled } });
  const enabling = useAction(() => turn(true), { onSuccess: refresh });
  if (!trunk.enabled)
    return (
      <Button size="compact-sm" loading={enabling.isPending} onClick={() => enabling.start()}>
        {t('trunk.enable')}
      </Button>
    );
  return (
    <ReasonButton
      label={t('trunk.disable')}
      question={t('trunk.disableQuestion', { name: trunk.name, count: trunk.callsNow })}
      act={() => turn(false)}
      done={refresh}
    />
  );
}

interface Order {
  readonly orderId: string;
  readonly state: 'waiting' | 'taken' | 'ended' | 'refused';
  readonly cause?: string | null;
  readonly answeredAt?: string | null;
  readonly callId: string;
}

/** Rings a telephone through this trunk alone, and says what became of it. */
function TestCall({ trunk }: { readonly trunk: TrunkDay }) {
  const { t } = useTranslation('console');
  const client = useQueryClient();
  const [number, setNumber] = useState('');
  const calling = useAction((e164: string, key) =>
    ask(`POST /v1/trunks/${trunk.id}/test-calls`, {
      body: { e164: e164.replaceAll(/[\s()-]/g, '') },
      key,
    }),
  );
  const path = `/v1/call-orders/${calling.data?.orderId}` as const;
  const order = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
    enabled: calling.data !== undefined,
  });
  useTopics(
    'calls',
    () => void client.invalidateQueries({ queryKey: [path] }),
    () => undefined,
  );
  const now: Order | undefined = order.data ?? calling.data;
  return (
    <Section title={t('trunk.test')} text={t('trunk.testText')}>
      <Group align="flex-end">
        <TextInput
          size="xs"
          label={t('trunk.number')}
          placeholder="+82 2 6200 1234"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Button
          size="xs"
          loading={calling.isPending}
          disabled={number.trim() === ''}
          onClick={() => calling.start(number)}
        >
          {t('trunk.call')}
        </Button>
      </Group>
      <ProblemAlert error={calling.error} />
      {now !== undefined && (
        <Alert
          variant="light"
          color={
            now.state === 'ended' && now.answeredAt != null
              ? 'teal'
              : now.state === 'waiting' || now.state === 'taken'
                ? 'gray'
                : 'red'
          }
          role="status"
          data-test-call={now.state}
        >
          <Group gap="sm">
            <Text size="sm">
              {t(`trunk.result.${now.answeredAt == null ? now.state : 'answered'}`, {
                cause: now.cause ?? '',
              })}
            </Text>
            <Anchor component={Link} to={`/console/calls/${now.callId}`} size="sm">
              {t('calls.trace')}
            </Anchor>
          </Group>
        </Alert>
      )}
    </Section>
  );
}

function History({ id }: { readonly id: string }) {
  const { t } = useTranslation('console');
  const exact = useExact();
  const events = usePages(`/v1/trunk-health/${id}/events`);
  return (
    <Section title={t('trunk.history')}>
      <Loaded query={events}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('trunk.noHistory')} />
          ) : (
            <Grid
              label={t('trunk.history')}
              minWidth={420}
              head={[t('when'), t('network.health'), t('trunk.sign')]}
            >
              {items.map((event) => (
                <Table.Tr key={event.id}>
                  <Table.Td className="digits">{exact(event.at)}</Table.Td>
                  <Table.Td>
                    <HealthBadge state={event.state} />
                  </Table.Td>
                  <Table.Td>{t(`sign.${event.sign}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...events} />
    </Section>
  );
}
