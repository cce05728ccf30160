import { Anchor, Paper, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clockOf, useWording } from '../../customers/texts.js';
import { useKeyNames } from './key-names.js';
import type { Grouping, Report } from './types.js';

/** The sums in numbers; a row's name shows what is behind it. */
export function SumsTable({
  report,
  by,
  onChoose,
}: {
  readonly report: Report;
  readonly by: Grouping;
  readonly onChoose: (key: string) => void;
}) {
  const { t } = useTranslation('reports');
  const say = useWording();
  const nameOf = useKeyNames(by);
  return (
    <Paper withBorder p="md">
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} aria-label={t('table')}>
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t(`by.${by}`)}</Table.Th>
              {[
                'calls',
                'offered',
                'answered',
                'answerRate',
                'averageWait',
                'averageTalk',
                'satisfaction',
              ].map((name) => (
                <Table.Th key={name} ta="right">
                  {t(name)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.rows.map((row) => (
              <Table.Tr key={row.key} data-key={row.key}>
                <Table.Td>
                  <Anchor component="button" type="button" onClick={() => onChoose(row.key)}>
                    {nameOf(row)}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="right">{say.number(row.calls)}</Table.Td>
                <Table.Td ta="right">{say.number(row.offered)}</Table.Td>
                <Table.Td ta="right">{say.number(row.answered)}</Table.Td>
                <Table.Td ta="right">{say.percent(row.answerRate)}</Table.Td>
                <Table.Td ta="right">{row.averageWait === null ? '–' : clockOf(row.averageWait)}</Table.Td>
                <Table.Td ta="right">{row.averageTalk === null ? '–' : clockOf(row.averageTalk)}</Table.Td>
                <Table.Td ta="right">
                  {row.satisfaction === null ? '–' : say.number(row.satisfaction, 2)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}
