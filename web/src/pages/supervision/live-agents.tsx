import { Alert, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePauseReasons } from '../../customers/pause-reasons.js';
import { useWording } from '../../customers/texts.js';
import type { AgentState } from '../../customers/types.js';
import { ProblemAlert } from '../../shared/states.js';
import { Since } from './since.js';
import type { LiveAgent } from './use-overview.js';
import { modes, useSupervise } from './use-supervise.js';

const colours: Readonly<Record<AgentState, string>> = {
  offline: 'gray',
  ready: 'green',
  ringing: 'orange',
  talking: 'blue',
  'wrap-up': 'grape',
  paused: 'yellow',
};

/** What agents do; a supervisor joins those who talk. */
export function Agents({ agents }: { readonly agents: readonly LiveAgent[] }) {
  const { t } = useTranslation('supervision');
  const { joined, join, rings, error } = useSupervise();
  const say = useWording();
  const pauses = usePauseReasons();
  const why = (code: string) => pauses.find((one) => one.code === code)?.label ?? code;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('agents')}>
      <Title order={2} size="h5" mb="xs">
        {t('agents')}
      </Title>
      <ProblemAlert error={error} />
      {joined !== undefined && (
        <Alert variant="light" role="status" mb="sm" data-code={joined.code} data-rings={rings}>
          {rings && <Text size="sm">{t('rings', joined)}</Text>}
          <Text size="sm">{t('dialCode', joined)}</Text>
        </Alert>
      )}
      {agents.length === 0 && <Text c="dimmed">{t('noAgents')}</Text>}
      <Stack gap="sm">
        {agents.map((agent) => (
          <Group key={agent.agentId} justify="space-between" data-agent={agent.agentId}>
            <div>
              <Text>{agent.name}</Text>
              <Text size="sm" c="dimmed">
                {agent.onOwnCall && `${t('ownCall')}, `}
                {agent.reason === null ? '' : `${why(agent.reason)}, `}
                <Since at={agent.since} /> ·{' '}
                {Object.keys(agent.languages).map(say.language).join(', ') || '–'}
              </Text>
            </div>
            <Group gap="xs">
              {agent.state === 'talking' &&
                modes.map((mode) => (
                  <Button key={mode} size="compact-sm" variant="default" onClick={() => join(agent, mode)}>
                    {t(mode)}
                  </Button>
                ))}
              <Badge color={colours[agent.state]} variant="outline" data-state={agent.state}>
                {t(`agent.${agent.state}`)}
              </Badge>
            </Group>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
