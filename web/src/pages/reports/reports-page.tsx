import {
  Alert,
  Button,
  Group,
  NativeSelect,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { clockOf, useWording } from '../../customers/texts.js';
import { Empty, Loaded } from '../../shared/states.js';
import { CallsBehind } from './calls-behind.js';
import { Charts } from './charts.js';
import { SumsTable } from './sums-table.js';
import { groupings, type Report, type Wish } from './types.js';
import { narrowed, useWish } from './use-wish.js';

const filters = ['country', 'language', 'company', 'queueId', 'agentId'] as const;

/** Calls, rates, times, satisfaction, sales and members, of all countries in one place. */
export default function ReportsPage() {
  const { t } = useTranslation('reports');
  const { account } = useSession();
  const [wish, change] = useWish();
  const { agentId: _, ...asked } = wish;
  const query = useQuery({
    queryKey: ['report', asked],
    queryFn: ({ signal }) => ask('GET /v1/reports/summary', { query: asked, signal }),
    placeholderData: keepPreviousData,
  });
  const isHouse = account?.companyId === null;
  const active = filters.filter((one) => wish[one] !== undefined);
  return (
    <Stack>
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      <Group align="flex-end" component="form" role="search" aria-label={t('filter')}>
        <TextInput
          type="date"
          label={t('from')}
          value={wish.from}
          max={wish.to}
          onChange={(event) => dated(event, (from) => change({ from }))}
        />
        <TextInput
          type="date"
          label={t('to')}
          value={wish.to}
          min={wish.from}
          onChange={(event) => dated(event, (to) => change({ to }))}
        />
        <NativeSelect
          label={t('by')}
          value={wish.by}
          data={groupings
            .filter((one) => isHouse || one !== 'company')
            .map((one) => ({ value: one, label: t(`by.${one}`) }))}
          onChange={(event) => change({ by: event.currentTarget.value as Wish['by'] })}
        />
        {active.length > 0 && (
          <Button
            variant="default"
            onClick={() => change(Object.fromEntries(active.map((one) => [one, undefined])))}
          >
            {t('all')}
          </Button>
        )}
      </Group>
      {active.length > 0 && <Narrowed wish={wish} />}
      <Loaded query={query}>
        {(report) => (
          <Stack style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }}>
            <Figures report={report} />
            {report.rows.length === 0 ? (
              <Empty text={t('nothing')} />
            ) : (
              <>
                <Charts report={report} by={wish.by} onChoose={(key) => change(narrowed(wish, key))} />
                <SumsTable report={report} by={wish.by} onChoose={(key) => change(narrowed(wish, key))} />
              </>
            )}
            <CallsBehind wish={wish} />
          </Stack>
        )}
      </Loaded>
    </Stack>
  );
}

/** An emptied field is no day. */
function dated(
  event: { readonly currentTarget: { readonly value: string } },
  take: (day: string) => void,
): void {
  if (event.currentTarget.value !== '') take(event.currentTarget.value);
}

function Narrowed({ wish }: { readonly wish: Wish }) {
  const { t } = useTranslation('reports');
  const say = useWording();
  const told = [
    wish.country && say.country(wish.country),
    wish.language && say.language(wish.language),
    wish.company && t('oneCompany'),
    wish.queueId && t('oneQueue'),
    wish.agentId && t('oneAgent'),
  ].filter(Boolean);
  return <Alert variant="light">{t('only', { what: told.join(', ') })}</Alert>;
}

function Figures({ report }: { readonly report: Report }) {
  const { t } = useTranslation('reports');
  const say = useWording();
  const { total } = report;
  const money = (amounts: Report['total']['charged']) =>
    amounts.length === 0 ? '–' : amounts.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
  const figures: readonly (readonly [string, string])[] = [
    ['calls', say.number(total.calls)],
    ['offered', say.number(total.offered)],
    ['answerRate', say.percent(total.answerRate)],
    ['averageWait', total.averageWait === null ? '–' : clockOf(total.averageWait)],
    ['averageTalk', total.averageTalk === null ? '–' : clockOf(total.averageTalk)],
    ['satisfaction', total.satisfaction === null ? '–' : say.number(total.satisfaction, 2)],
    ['charged', money(total.charged)],
    ['sold', money(total.sold)],
    ['joined', say.number(total.joined)],
    ['churn', say.percent(total.churn)],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} aria-label={t('sums')} component="dl" m={0}>
      {figures.map(([name, value]) => (
        <Paper key={name} withBorder p="sm" data-figure={name}>
          <Text component="dt" size="sm" c="dimmed">
            {t(name)}
          </Text>
          <Text component="dd" m={0} size="xl" fw={700} style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
