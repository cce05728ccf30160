import { Paper, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../customers/texts.js';
import { Since } from './since.js';
import type { CallerNow, QueueNow } from './use-overview.js';

/** Who waits, rings or talks, in the order in which they are taken. */
export function Callers({
  callers,
  queues,
}: {
  readonly callers: readonly CallerNow[];
  readonly queues: readonly QueueNow[];
}) {
  const { t } = useTranslation('supervision');
  const say = useWording();
  const nameOf = (id: string) => queues.find(({ queueId }) => queueId === id)?.name ?? '–';
  return (
    <Paper withBorder p="md" component="section" aria-label={t('callers')}>
      <Title order={2} size="h5" mb="xs">
        {t('callers')}
      </Title>
      {callers.length === 0 ? (
        <Text c="dimmed">{t('nobodyWaits')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} aria-label={t('callers')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {(['caller', 'language', 'since', 'state', 'queue'] as const).map((column) => (
                  <Table.Th key={column}>{t(column)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {callers.map((one) => (
                <Table.Tr key={one.queueCallId} data-queue-call={one.queueCallId} data-call-state={one.state}>
                  <Table.Td>
                    {one.callerNumber ?? '–'} ({say.country(one.country)})
                  </Table.Td>
                  <Table.Td>{say.language(one.language)}</Table.Td>
                  <Table.Td>
                    <Since at={one.enteredAt} />
                  </Table.Td>
                  <Table.Td>{t(`call.${one.state}`)}</Table.Td>
                  <Table.Td>{nameOf(one.queueId)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}
