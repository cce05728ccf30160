import { Accordion, Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { More } from '../../shared/more.js';
import { tellDone } from '../../shared/notify.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded } from '../../shared/states.js';
import { AgentForm, type AgentWish } from './agent-form.js';
import { CentreHead } from './centre-head.js';
import { useLevels } from './levels-text.js';
import { useMayManage } from './may-manage.js';
import type { AgentRow, Seats } from './types.js';

/** Who answers: their telephones, languages and skills. */
export default function Agents() {
  const { t } = useTranslation('centre');
  const mayManage = useMayManage();
  const levels = useLevels();
  const agents = usePages('/v1/agents');
  const seats = useQuery({
    queryKey: ['agent-seats'],
    queryFn: ({ signal }) => ask('GET /v1/agent-seats', { signal }),
    enabled: mayManage,
  });
  const refresh = () => void agents.refetch();
  return (
    <Stack maw={960}>
      <CentreHead part="agents" />
      <Loaded query={agents}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('agents.none')} />
          ) : (
            <Accordion variant="separated">
              {items.map((agent) => (
                <Accordion.Item key={agent.id} value={agent.id}>
                  <Accordion.Control>
                    <Group justify="space-between" wrap="nowrap" pr="sm">
                      <Stack gap={0} miw={0}>
                        <Text fw={600}>
                          {agent.name} ({agent.number})
                        </Text>
                        <Text size="sm" c="dimmed">
                          {levels(agent)}
                        </Text>
                      </Stack>
                      <Group gap="xs">
                        {agent.supervisor && <Badge variant="light">{t('agent.supervisor')}</Badge>}
                        {!agent.enabled && <Badge color="gray">{t('agent.off')}</Badge>}
                      </Group>
                    </Group>
                  </Accordion.Control>
                  <Accordion.Panel>
                    {mayManage && seats.data !== undefined ? (
                      <ChangeAgent agent={agent} seats={seats.data} onChanged={refresh} />
                    ) : (
                      <Text c="dimmed">{t('agents.lookOnly')}</Text>
                    )}
                  </Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
          )
        }
      </Loaded>
      <More {...agents} />
      {mayManage && (
        <Section title={t('agents.new')} text={t('agents.newText')}>
          <Loaded query={seats}>{(known) => <NewAgent seats={known} onMade={refresh} />}</Loaded>
        </Section>
      )}
    </Stack>
  );
}

function NewAgent({ seats, onMade }: { readonly seats: Seats; readonly onMade: () => void }) {
  const { t } = useTranslation('centre');
  const making = useAction((body: AgentWish, key) => ask('POST /v1/agents', { key, body }), {
    onSuccess: () => {
      tellDone(t('saved'));
      onMade();
    },
  });
  return <AgentForm seats={seats} label={t('agents.add')} action={making} />;
}

function ChangeAgent({
  agent,
  seats,
  onChanged,
}: {
  readonly agent: AgentRow;
  readonly seats: Seats;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation('centre');
  const saving = useAction(
    (body: AgentWish) => ask('PATCH /v1/agents/{id}', { path: { id: agent.id }, body }),
    {
      onSuccess: () => {
        tellDone(t('saved'));
        onChanged();
      },
    },
  );
  const removing = useAction(() => ask('DELETE /v1/agents/{id}', { path: { id: agent.id } }), {
    onSuccess: onChanged,
  });
  return (
    <Stack>
      <AgentForm agent={agent} seats={seats} label={t('save')} action={saving} />
      <div>
        <ConfirmButton
          label={t('agent.delete')}
          question={t('agent.deleteQuestion', { name: agent.name })}
          error={removing.error}
          onConfirm={() => removing.start()}
        />
      </div>
    </Stack>
  );
}
