import { BarChart } from '@mantine/charts';
import { Anchor, Group, List, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import '@mantine/charts/styles.css';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useTopics } from '../../api/topics.js';
import { useFormat } from '../../shared/format.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Loaded } from '../../shared/states.js';
import { groupOf } from './live-list.js';
import { type Health, HealthBadge } from './parts.js';

interface Overview {
  readonly calls?: {
    readonly now: Readonly<Record<string, number>>;
    readonly hours: readonly { readonly at: string; readonly offered: number; readonly answered: number }[];
    readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  };
  readonly trunks?: {
    readonly enabled: number;
    readonly troubled: readonly {
      readonly id: string;
      readonly name: string;
      readonly state: Health;
      readonly since: string | null;
    }[];
  };
  readonly approvals?: { readonly waiting: number };
  readonly jobs?: { readonly failed: number; readonly waiting: number } | null;
  readonly check?: { readonly id: string; readonly at: string; readonly findings: number } | null;
  readonly settlements?: readonly { readonly state: string; readonly count: number }[];
}

const PATH = '/v1/console/overview';

/** What needs somebody now; then what goes on. */
export default function Home() {
  const { t } = useTranslation('console');
  const client = useQueryClient();
  const { account } = useSession();
  const roles = account?.roles ?? [];
  const overview = useQuery({
    queryKey: [PATH],
    queryFn: ({ signal }) => ask(`GET ${PATH}`, { signal }),
  });
  const alerts = usePages(
    '/v1/fraud-alerts',
    { acknowledged: false, limit: 200 },
    roles.some((role) => role === 'operator' || role === 'finance' || role === 'support'),
  );
  const proposals = usePages(
    '/v1/proposals',
    { state: 'waiting', limit: 200 },
    roles.some((role) => role === 'operator' || role === 'finance' || role === 'approver'),
  );
  const refresh = () => {
    for (const key of [PATH, '/v1/fraud-alerts', '/v1/proposals'])
      void client.invalidateQueries({ queryKey: [key] });
  };
  const has = (...some: readonly string[]) => roles.some((role) => some.includes(role));
  const topics = [
    ...(has('operator', 'support') ? ['calls', 'trunks', 'shop-orders'] : []),
    ...(has('operator') ? ['jobs'] : []),
    ...(has('operator', 'finance', 'support') ? ['fraud-alerts'] : []),
    ...(has('operator', 'finance') ? ['billing-checks'] : []),
    ...(has('operator', 'finance', 'approver') ? ['settlements', 'proposals'] : []),
  ];
  useTopics(topics.join(','), refresh, refresh);
  return (
    <Stack gap="md">
      <PageHead title={t('home.title')} />
      <Loaded query={overview}>
        {(found) => (
          <>
            <Needs found={found}>
              <Waiting items={alerts.data} to="/console/alerts" name={t('alerts.fraud')} />
              <Waiting items={proposals.data} to="/console/proposals" name={t('nav.proposals')} />
            </Needs>
            {found.calls !== undefined && <CallsNow calls={found.calls} />}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

/** A list that waits for somebody, by its first page. */
function Waiting({
  items,
  to,
  name,
}: {
  readonly items: readonly unknown[] | undefined;
  readonly to: string;
  readonly name: string;
}) {
  const { t } = useTranslation('console');
  return items === undefined ? null : (
    <Need to={to} name={name} count={items.length} calm={t('home.noneWaits')} />
  );
}

function Needs({ found, children }: { readonly found: Overview; readonly children: ReactNode }) {
  const { t } = useTranslation('console');
  const { moment } = useFormat();
  const { trunks, approvals, jobs, check, settlements } = found;
  const waiting = (settlements ?? []).filter(({ state }) => state === 'review' || state === 'approved');
  return (
    <SimpleGrid
      component="section"
      aria-label={t('home.needs')}
      cols={{ base: 1, xs: 2, md: 4, xl: 7 }}
      spacing="xs"
    >
      {trunks !== undefined && (
        <Need
          to="/console/network"
          name={t('home.trunks')}
          count={trunks.troubled.length}
          calm={t('home.trunksWell', { count: trunks.enabled })}
        >
          {trunks.troubled.slice(0, 4).map(({ id, state }) => (
            <Group key={id} gap={6} wrap="nowrap">
              <HealthBadge state={state} />
              <Text size="xs" span>
                {id}
              </Text>
            </Group>
          ))}
        </Need>
      )}
      {approvals !== undefined && (
        <Need
          to="/ops/approvals"
          name={t('home.approvals')}
          count={approvals.waiting}
          calm={t('home.noneWaits')}
        />
      )}
      {jobs !== undefined && (
        <Need
          to="/console/jobs"
          name={t('home.jobs')}
          count={jobs?.failed ?? 0}
          calm={jobs === null ? t('home.jobsAway') : t('home.jobsWell', { count: jobs.waiting })}
          bad={jobs === null}
        />
      )}
      {check !== undefined && (
        <Need
          to="/console/settlements"
          name={t('home.check')}
          count={check?.findings ?? 0}
          calm={check === null ? t('home.checkNever') : t('home.checkWell', { when: moment(check.at) })}
          bad={check === null}
        />
      )}
      {children}
      {settlements !== undefined && (
        <Need
          to="/console/settlements"
          name={t('home.settlements')}
          count={waiting.reduce((sum, { count }) => sum + count, 0)}
          calm={t('home.noneWaits')}
        />
      )}
    </SimpleGrid>
  );
}

/** A number where somebody is needed, a word where nobody is. */
function Need({
  to,
  name,
  count,
  calm,
  bad = false,
  children,
}: {
  readonly to: string;
  readonly name: string;
  readonly count: number;
  readonly calm: string;
  readonly bad?: boolean;
  readonly children?: ReactNode;
}) {
  const alarms = count > 0 || bad;
  return (
    <Paper
      withBorder
      p="sm"
      className={alarms ? 'console-alarm' : undefined}
      data-need={name}
      data-count={count}
    >
      <Stack gap={4}>
        <Anchor component={Link} to={to} size="sm" fw={600}>
          {name}
        </Anchor>
        {count > 0 ? (
          <Text fz={28} lh={1.1} fw={700} className="digits">
            {count}
          </Text>
        ) : (
          <Text size="sm" c="dimmed">
            {calm}
          </Text>
        )}
        {children}
      </Stack>
    </Paper>
  );
}

function CallsNow({ calls }: { readonly calls: NonNullable<Overview['calls']> }) {
  const { t, i18n } = useTranslation('console');
  const locale = i18n.resolvedLanguage ?? 'en';
  const sums = new Map<string, number>();
  for (const [state, count] of Object.entries(calls.now))
    sums.set(groupOf(state), (sums.get(groupOf(state)) ?? 0) + count);
  const total = [...sums.values()].reduce((sum, count) => sum + count, 0);
  const offered = calls.hours.reduce((sum, one) => sum + one.offered, 0);
  const answered = calls.hours.reduce((sum, one) => sum + one.answered, 0);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const hour = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (
    <SimpleGrid cols={{ base: 1, lg: 3 }} spacing="xs">
      <Paper withBorder p="sm" component="section" aria-label={t('home.now')}>
        <Title order={2} size="h5">
          <Anchor component={Link} to="/console/calls" c="inherit">
            {t('home.now')}
          </Anchor>
        </Title>
        <Text fz={36} fw={700} className="digits" data-now={total}>
          {total}
        </Text>
        <Text size="sm" c="dimmed">
          {(['talking', 'ringing', 'setting-up', 'ending'] as const)
            .flatMap((group) => (sums.has(group) ? [`${t(`callState.${group}`)} ${sums.get(group)}`] : []))
            .join(' · ') || t('calls.none')}
        </Text>
        <Text size="sm" mt="sm">
          {t('home.day', {
            offered,
            answered,
            rate: offered === 0 ? '–' : percent.format(answered / offered),
          })}
        </Text>
        {calls.reasons.length > 0 && (
          <List size="xs" mt={4} listStyleType="none">
            {calls.reasons.map(({ reason, count }) => (
              <List.Item key={reason} className="digits">
                {count} × {reason}
              </List.Item>
            ))}
          </List>
        )}
      </Paper>
      <Paper withBorder p="sm" className="console-wide" aria-hidden="true">
        <Title order={2} size="h5" mb="xs">
          {t('home.hours')}
        </Title>
        <BarChart
          h={200}
          data={calls.hours.map((one) => ({
            hour: hour.format(new Date(one.at)),
            [t('home.answered')]: one.answered,
            [t('home.unanswered')]: one.offered - one.answered,
          }))}
          dataKey="hour"
          type="stacked"
          withLegend
          series={[
            { name: t('home.answered'), color: 'teal.7' },
            { name: t('home.unanswered'), color: 'gray.5' },
          ]}
          yAxisProps={{ allowDecimals: false }}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </Paper>
    </SimpleGrid>
  );
}
