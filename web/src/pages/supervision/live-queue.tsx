import { Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { clockOf, useWording } from '../../customers/texts.js';
import { Loaded } from '../../shared/states.js';
import { Agents, type LiveAgent } from './live-agents.js';
import { Since } from './since.js';

interface Live {
  readonly waiting: readonly {
    readonly queueCallId: string;
    readonly callerNumber: string | null;
    readonly language: string | null;
    readonly country: string | null;
    readonly state: string;
    readonly position: number | null;
    readonly enteredAt: string;
  }[];
  readonly agents: readonly LiveAgent[];
  readonly expectedWaitSeconds: number | null;
}
/** Callers and agents of one queue. */
export function LiveQueue({ queueId, name }: { readonly queueId: string; readonly name: string }) {
  const { t } = useTranslation('supervision');
  const query = useQuery({
    queryKey: ['live', queueId],
    queryFn: ({ signal }) => ask<Live>(`GET /v1/queues/${queueId}/live`, { signal }),
    staleTime: 0,
  });
  return (
    <Loaded query={query}>
      {(live) => (
        <Stack>
          <Title order={2} size="h4">
            {name}
          </Title>
          <SimpleGrid cols={{ base: 2, md: 4 }}>
            <Figure
              name={t('waiting')}
              value={String(live.waiting.filter(({ position }) => position !== null).length)}
            />
            <Figure
              name={t('talking')}
              value={String(live.agents.filter(({ state }) => state === 'talking').length)}
            />
            <Figure
              name={t('ready')}
              value={String(live.agents.filter(({ state }) => state === 'ready').length)}
            />
            <Figure
              name={t('expected')}
              value={live.expectedWaitSeconds === null ? '–' : clockOf(live.expectedWaitSeconds)}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <Callers waiting={live.waiting} />
            <Agents agents={live.agents} />
          </SimpleGrid>
        </Stack>
      )}
    </Loaded>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Paper withBorder p="sm">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text size="xl" fw={700}>
        {value}
      </Text>
    </Paper>
  );
}

function Callers({ waiting }: { readonly waiting: Live['waiting'] }) {
  const { t } = useTranslation('supervision');
  const say = useWording();
  return (
    <Paper withBorder p="md" component="section" aria-label={t('callers')}>
      <Title order={3} size="h5" mb="xs">
        {t('callers')}
      </Title>
      {waiting.length === 0 ? (
        <Text c="dimmed">{t('nobodyWaits')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={320} type="native" tabIndex={0} aria-label={t('callers')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('position')}</Table.Th>
                <Table.Th>{t('caller')}</Table.Th>
                <Table.Th>{t('language')}</Table.Th>
                <Table.Th>{t('since')}</Table.Th>
                <Table.Th>{t('state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {waiting.map((one) => (
                <Table.Tr key={one.queueCallId} data-queue-call={one.queueCallId}>
                  <Table.Td>{one.position ?? '–'}</Table.Td>
                  <Table.Td>
                    {one.callerNumber ?? '–'} ({say.country(one.country)})
                  </Table.Td>
                  <Table.Td>{say.language(one.language)}</Table.Td>
                  <Table.Td>
                    <Since at={one.enteredAt} />
                  </Table.Td>
                  <Table.Td>{t(`call.${one.state}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}
