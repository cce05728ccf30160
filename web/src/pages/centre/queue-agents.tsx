import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { useLevels } from './levels-text.js';
import type { QueueDetail } from './types.js';

/** Who serves a queue. */
export function QueueAgents({
  queue,
  readOnly,
  onChanged,
}: {
  readonly queue: QueueDetail;
  readonly readOnly: boolean;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation('centre');
  const levels = useLevels();
  const [chosen, choose] = useState<string | null>(null);
  const agents = usePages('/v1/agents', { limit: 200 });
  const path = (id: string) => `/v1/queues/${queue.id}/members/${id}` as const;
  const join = useAction((id: string) => ask(`PUT ${path(id)}`), {
    onSuccess: () => {
      choose(null);
      onChanged();
    },
  });
  const leave = useAction((id: string) => ask(`DELETE ${path(id)}`), { onSuccess: onChanged });
  return (
    <Section title={t('members.title')} text={t('members.text')}>
      <Loaded query={agents}>
        {(all) => (
          <Stack gap="xs">
            {queue.agents.length === 0 && <Text c="dimmed">{t('members.none')}</Text>}
            {all
              .filter(({ id }) => queue.agents.includes(id))
              .map((agent) => (
                <Group key={agent.id} justify="space-between" data-serves={agent.id}>
                  <Text>
                    {agent.name} · {levels(agent)}
                  </Text>
                  {!readOnly && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      onClick={() => leave.start(agent.id)}
                      aria-label={t('members.leaveName', { name: agent.name })}
                    >
                      {t('members.leave')}
                    </Button>
                  )}
                </Group>
              ))}
            {!readOnly && (
              <Group align="flex-end">
                <Select
                  label={t('members.add')}
                  searchable
                  data={all
                    .filter(({ id }) => !queue.agents.includes(id))
                    .map(({ id, name, number }) => ({ value: id, label: `${name} (${number})` }))}
                  value={chosen}
                  onChange={choose}
                />
                <Button disabled={chosen === null} onClick={() => chosen !== null && join.start(chosen)}>
                  {t('members.join')}
                </Button>
              </Group>
            )}
            <ProblemAlert error={join.error ?? leave.error} />
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}
