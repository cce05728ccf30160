import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { usePauseReasons } from '../../customers/pause-reasons.js';
import { useWording } from '../../customers/texts.js';
import type { Agent, AgentState } from '../../customers/types.js';
import { usePhoneState } from '../../phone/use-phone.js';
import { useAction } from '../../shared/action.js';
import { ProblemAlert } from '../../shared/states.js';

export const stateColours: Readonly<Record<AgentState, string>> = {
  offline: 'gray',
  ready: 'green',
  ringing: 'orange',
  talking: 'blue',
  'wrap-up': 'grape',
  paused: 'yellow',
};

type Wish = 'log-in' | 'log-out' | 'pause' | 'resume';

/** What the agent does now, and what he may do next. */
export function AgentCard({ agent }: { readonly agent: Agent }) {
  const { t } = useTranslation('desk');
  const say = useWording();
  const reasons = usePauseReasons();
  const wish = useAction(({ what, body }: { what: Wish; body: object }, key) =>
    ask(`POST /v1/agents/${agent.id}/${what}`, { body, key }),
  );
  const { device } = usePhoneState();
  const here = device === undefined ? {} : { device };
  const press = (what: Wish, body: object = {}) => wish.start({ what, body });
  return (
    <Paper withBorder p="md" component="section" aria-label={t('agent.title')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h5">
            {agent.name}
          </Title>
          <Badge color={stateColours[agent.state]} variant="outline" role="status" data-state={agent.state}>
            {t(`state.${agent.state}`)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {agent.onOwnCall === true && `${t('agent.ownCall')} · `}
          {t('agent.number', { number: agent.number })} · {t('agent.since', { time: say.time(agent.since) })}
        </Text>
        <Group gap="xs">
          {agent.state === 'offline' && (
            <Button onClick={() => press('log-in', here)}>{t('agent.logIn')}</Button>
          )}
          {(agent.state === 'ready' || agent.state === 'wrap-up') &&
            device !== undefined &&
            agent.device !== device && (
              <Button variant="light" onClick={() => press('log-in', here)}>
                {t('agent.takeHere')}
              </Button>
            )}
          {agent.state === 'paused' && <Button onClick={() => press('resume')}>{t('agent.resume')}</Button>}
          {agent.state === 'wrap-up' && <Button onClick={() => press('resume')}>{t('agent.ready')}</Button>}
          {agent.state !== 'offline' &&
            agent.state !== 'paused' &&
            reasons.map(({ code, label }) => (
              <Button key={code} variant="default" onClick={() => press('pause', { reason: code })}>
                {label}
              </Button>
            ))}
          {agent.state !== 'offline' && (
            <Button variant="subtle" color="red" onClick={() => press('log-out')}>
              {t('agent.logOut')}
            </Button>
          )}
        </Group>
        {agent.state !== 'offline' && device !== undefined && agent.device === device && (
          <Text size="sm">{t('agent.rungHere')}</Text>
        )}
        <ProblemAlert error={wish.error} />
      </Stack>
    </Paper>
  );
}
