import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useFormat } from '../../shared/format.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded } from '../../shared/states.js';
import { Grid } from './parts.js';
import { microsText } from './reading.js';

/** What a version changes against the one in force now, the heaviest first. */
export function DiffTable({
  versionId,
  currency,
}: {
  readonly versionId: string;
  readonly currency: string;
}) {
  const { t } = useTranslation('console');
  const { money } = useFormat();
  const path = `/v1/deck-versions/${versionId}/diff` as const;
  const diff = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  const price = (micros: string | null) => (micros === null ? '–' : money(microsText(micros), currency));
  return (
    <Section title={t('decks.diff')}>
      <Loaded query={diff}>
        {({ counts, unchanged, examples }) => (
          <>
            <Text size="sm">
              {(['added', 'removed', 'dearer', 'cheaper', 'terms'] as const)
                .map((change) => `${t(`decks.change.${change}`)} ${counts[change]}`)
                .join(' · ')}
              {` · ${t('decks.unchanged', { count: unchanged })}`}
            </Text>
            {examples.length === 0 ? (
              <Empty text={t('decks.same')} />
            ) : (
              <Grid
                label={t('decks.diff')}
                minWidth={520}
                head={[
                  t('decks.changeHead'),
                  t('routes.prefix'),
                  t('decks.destination'),
                  [t('decks.before'), 'right'],
                  [t('decks.after'), 'right'],
                ]}
              >
                {examples.map(({ change, prefix, destination, before, after }) => (
                  <Table.Tr key={`${change}${prefix}`}>
                    <Table.Td>{t(`decks.change.${change}`)}</Table.Td>
                    <Table.Td className="digits">+{prefix}</Table.Td>
                    <Table.Td>{destination}</Table.Td>
                    <Table.Td ta="right" className="digits">
                      {price(before)}
                    </Table.Td>
                    <Table.Td ta="right" className="digits">
                      {price(after)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Grid>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
