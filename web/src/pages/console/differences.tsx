import { Anchor, Badge, Button, Checkbox, Group, Select, Table, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { lasting, useExact } from './clock.js';
import { Grid } from './parts.js';
import { type Decision, kinds } from './settlement-types.js';

const colours = {
  open: 'yellow',
  disputed: 'red',
  'settled-at-ours': 'teal',
  'settled-at-theirs': 'teal',
} as const;
const decisions: readonly Exclude<Decision, 'open'>[] = ['settled-at-ours', 'settled-at-theirs', 'disputed'];

/** Where our record and the carrier's statement differ, and what was decided of each. */
export function Differences({
  id,
  currency,
  decides,
}: {
  readonly id: string;
  readonly currency: string;
  readonly decides: boolean;
}) {
  const { t } = useTranslation('console');
  const { money } = useFormat();
  const exact = useExact();
  const client = useQueryClient();
  const [kind, setKind] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const path = `/v1/settlements/${id}/differences` as const;
  const found = usePages(path, { kind: kind ?? undefined });
  const deciding = useAction(
    (state: Decision, key) =>
      ask(`POST /v1/settlements/${id}/decisions`, { body: { ids: chosen, state, note: note.trim() }, key }),
    {
      onSuccess: () => {
        setChosen([]);
        setNote('');
        void client.invalidateQueries({ queryKey: [path] });
      },
    },
  );
  const ms = (count: number | null) => (count === null ? '–' : lasting(count));
  return (
    <Section title={t('settlements.differences')}>
      <Select
        size="xs"
        maw={240}
        clearable
        label={t('settlements.kind')}
        data={kinds.map((value) => ({ value, label: t(`settlements.kind.${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      <Loaded query={found}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('settlements.noDifferences')} />
          ) : (
            <Grid
              label={t('settlements.differences')}
              minWidth={860}
              head={[
                ...(decides ? [t('settlements.chosen')] : []),
                t('settlements.kind'),
                t('settlements.number'),
                t('when'),
                [t('settlements.times'), 'right'],
                [t('settlements.ours'), 'right'],
                [t('settlements.theirs'), 'right'],
                t('state'),
              ]}
            >
              {items.map((one) => (
                <Table.Tr key={one.id}>
                  {decides && (
                    <Table.Td>
                      <Checkbox
                        size="xs"
                        aria-label={t('settlements.choose', { number: one.number })}
                        checked={chosen.includes(one.id)}
                        onChange={(event) =>
                          setChosen(
                            event.currentTarget.checked
                              ? [...chosen, one.id]
                              : chosen.filter((other) => other !== one.id),
                          )
                        }
                      />
                    </Table.Td>
                  )}
                  <Table.Td>{t(`settlements.kind.${one.kind}`)}</Table.Td>
                  <Table.Td className="digits">
                    {one.callId === null ? (
                      one.number
                    ) : (
                      <Anchor component={Link} to={`/console/calls/${one.callId}`} size="sm">
                        {one.number}
                      </Anchor>
                    )}
                  </Table.Td>
                  <Table.Td className="digits">{exact(one.answeredAt)}</Table.Td>
                  <Table.Td ta="right" className="digits">
                    {ms(one.oursMs)} / {ms(one.theirsMs)}
                  </Table.Td>
                  <Table.Td ta="right" className="digits">
                    {money(one.ours, currency)}
                  </Table.Td>
                  <Table.Td ta="right" className="digits">
                    {money(one.theirs, currency)}
                  </Table.Td>
                  <Table.Td>
                    <Badge radius="sm" variant="light" color={colours[one.state]}>
                      {t(`settlements.decided.${one.state}`)}
                    </Badge>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...found} />
      {decides && chosen.length > 0 && (
        <Group align="flex-end" gap="xs">
          <TextInput
            size="xs"
            flex="1 1 240px"
            label={t('settlements.note')}
            required
            maxLength={2_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {decisions.map((state) => (
            <Button
              key={state}
              size="xs"
              variant={state === 'disputed' ? 'outline' : 'filled'}
              color={state === 'disputed' ? 'red' : 'cyan'}
              disabled={note.trim() === ''}
              loading={deciding.isPending}
              onClick={() => deciding.start(state)}
            >
              {t(`settlements.decision.${state}`)}
            </Button>
          ))}
          <Text size="xs" c="dimmed">
            {t('settlements.count', { count: chosen.length })}
          </Text>
        </Group>
      )}
      <ProblemAlert error={deciding.error} />
    </Section>
  );
}
