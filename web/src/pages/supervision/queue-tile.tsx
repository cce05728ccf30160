import { Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../customers/texts.js';
import { Since } from './since.js';
import type { Overview, QueueNow } from './use-overview.js';

/** One queue in six figures. */
export function QueueTile({ queue, overview }: { readonly queue: QueueNow; readonly overview: Overview }) {
  const { t } = useTranslation('supervision');
  const say = useWording();
  const callers = overview.callers.filter(({ queueId }) => queueId === queue.queueId);
  const waiting = callers.filter(({ state }) => state === 'waiting' || state === 'callback');
  const [first] = waiting.toSorted((a, b) => a.enteredAt.localeCompare(b.enteredAt));
  const agents = overview.agents.filter(({ queues }) => queues.includes(queue.queueId));
  const are = (state: string) => agents.filter((agent) => agent.state === state && !agent.onOwnCall).length;
  return (
    <Paper withBorder p="sm" component="section" aria-label={queue.name} data-queue={queue.name}>
      <Title order={2} size="h5">
        {queue.name}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {say.country(queue.country)} · {queue.languages.map(say.language).join(', ')}
        {!queue.enabled && ` · ${t('off')}`}
      </Text>
      <SimpleGrid cols={3} component="dl" m={0} spacing="xs">
        <Figure name={t('waiting')} id="waiting" value={String(waiting.length)} />
        <Figure
          name={t('longest')}
          id="longest"
          value={first === undefined ? '–' : <Since at={first.enteredAt} />}
        />
        <Figure name={t('ready')} id="ready" value={String(are('ready'))} />
        <Figure
          name={t('talking')}
          id="talking"
          value={String(agents.filter(({ state }) => state === 'talking').length)}
        />
        <Figure
          name={t('serviceLevel', { seconds: overview.servedWithinSeconds })}
          id="service-level"
          value={say.percent(queue.serviceLevel)}
        />
        <Figure name={t('offered')} id="offered" value={say.number(queue.offered)} />
      </SimpleGrid>
    </Paper>
  );
}

function Figure({
  name,
  id,
  value,
}: {
  readonly name: string;
  readonly id: string;
  readonly value: React.ReactNode;
}) {
  return (
    <div data-figure={id}>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} size="lg" fw={700}>
        {value}
      </Text>
    </div>
  );
}
