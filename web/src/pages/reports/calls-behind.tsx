import { Button, Group, Paper, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { clockOf, useWording } from '../../customers/texts.js';
import { Loading, ProblemAlert } from '../../shared/states.js';
import type { Wish } from './types.js';

/** The calls behind the sums, newest first, and as a file. */
export function CallsBehind({ wish }: { readonly wish: Wish }) {
  const { t } = useTranslation('reports');
  const say = useWording();
  const { by: _, ...asked } = wish;
  const query = useInfiniteQuery({
    queryKey: ['report-calls', asked],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask('GET /v1/reports/calls', { query: { ...asked, cursor: pageParam, limit: 50 }, signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const file = new URLSearchParams(
    Object.entries(asked).filter((pair): pair is [string, string] => !!pair[1]),
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={t('behind')}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          {t('behind')}
        </Title>
        <Button component="a" href={`/v1/reports/calls.csv?${file}`} download variant="default">
          {t('csv')}
        </Button>
      </Group>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {query.data !== undefined && items.length === 0 && <Text c="dimmed">{t('noCalls')}</Text>}
      {items.length > 0 && (
        <Table.ScrollContainer minWidth={760} type="native" tabIndex={0} aria-label={t('behind')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {[
                  'at',
                  'by.queue',
                  'by.agent',
                  'number',
                  'by.country',
                  'by.language',
                  'outcome',
                  'waited',
                  'talked',
                  'score',
                ].map((name) => (
                  <Table.Th key={name}>{t(name)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((call) => (
                <Table.Tr key={call.id}>
                  <Table.Td>{say.time(call.at)}</Table.Td>
                  <Table.Td>{call.queue ?? '–'}</Table.Td>
                  <Table.Td>{call.agent ?? '–'}</Table.Td>
                  <Table.Td>{call.number ?? '–'}</Table.Td>
                  <Table.Td>{say.country(call.country)}</Table.Td>
                  <Table.Td>{say.language(call.language)}</Table.Td>
                  <Table.Td>{t(`outcome.${call.outcome ?? 'unknown'}`)}</Table.Td>
                  <Table.Td>{clockOf(call.waitedMs / 1_000)}</Table.Td>
                  <Table.Td>{clockOf(call.talkedMs / 1_000)}</Table.Td>
                  <Table.Td>{call.score ?? '–'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {query.hasNextPage && (
        <Button
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </Paper>
  );
}
