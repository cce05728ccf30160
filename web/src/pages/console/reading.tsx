import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.js';
import { Grid } from './parts.js';

export interface ReadingStep {
  readonly step: string;
  readonly verdict: string;
  readonly detail?: string;
}

export interface Candidate {
  readonly kind: string;
  readonly target: string;
  readonly called: string;
  readonly calling?: string;
  readonly costMicro?: string;
  readonly currency?: string;
  readonly verdict: string;
}

/** The house's own words for a step or a verdict, in the reader's language; one that has none yet as the exchange says it. */
function useWord() {
  const { t, i18n } = useTranslation('console');
  return (kind: 'step' | 'verdict' | 'way', word: string): string => {
    const [, number] = /^attempt (\d+)$/.exec(word) ?? [];
    if (number !== undefined) return t('reading.attempt', { number });
    const key = `reading.${kind}.${word}`;
    return i18n.exists(key, { ns: 'console' }) ? t(key) : word;
  };
}

/** How what was dialled was read, step by step. */
export function ReadingSteps({ steps }: { readonly steps: readonly ReadingStep[] }) {
  const { t } = useTranslation('console');
  const word = useWord();
  return (
    <Grid
      label={t('reading.steps')}
      minWidth={480}
      head={[t('reading.step'), t('reading.verdict'), t('reading.detail')]}
    >
      {steps.map(({ step, verdict, detail }) => (
        <Table.Tr key={`${step} ${verdict} ${detail ?? ''}`}>
          <Table.Td>{word('step', step)}</Table.Td>
          <Table.Td>
            <Text span size="sm" fw={verdict === 'read' ? 700 : 400}>
              {word('verdict', verdict)}
            </Text>
          </Table.Td>
          <Table.Td>{detail ?? ''}</Table.Td>
        </Table.Tr>
      ))}
    </Grid>
  );
}

/** The ways there, with both converted numbers and what each costs us; and why one was not taken. */
export function Candidates({ candidates }: { readonly candidates: readonly Candidate[] }) {
  const { t } = useTranslation('console');
  const { money } = useFormat();
  const word = useWord();
  return (
    <Grid
      label={t('reading.candidates')}
      head={[
        t('reading.way'),
        t('reading.sent'),
        t('reading.shown'),
        [t('reading.cost'), 'right'],
        t('reading.verdict'),
      ]}
    >
      {candidates.map(({ kind, target, called, calling, costMicro, currency, verdict }) => (
        <Table.Tr key={`${target} ${called} ${verdict}`} data-way={target}>
          <Table.Td>
            <Text span size="sm" fw={verdict.startsWith('attempt') ? 700 : 400}>
              {target}
            </Text>{' '}
            <Text span size="xs" c="dimmed">
              {word('way', kind)}
            </Text>
          </Table.Td>
          <Table.Td className="digits">{called}</Table.Td>
          <Table.Td className="digits">{calling ?? '–'}</Table.Td>
          <Table.Td ta="right" className="digits">
            {costMicro === undefined || currency === undefined ? '–' : money(microsText(costMicro), currency)}
          </Table.Td>
          <Table.Td>{word('verdict', verdict)}</Table.Td>
        </Table.Tr>
      ))}
    </Grid>
  );
}

/** Micro-units as decimal text. */
export const microsText = (micros: string): string => {
  const digits = micros.padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
};
