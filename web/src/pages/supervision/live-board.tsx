import { Grid, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loaded } from '../../shared/states.js';
import { Agents } from './live-agents.js';
import { Callers } from './live-callers.js';
import { QueueTile } from './queue-tile.js';
import { type Overview, useOverview } from './use-overview.js';

/** All queues of whoever looks, at once; one of them when he chooses it. */
export function LiveBoard() {
  const { t } = useTranslation('supervision');
  const overview = useOverview();
  const [chosen, choose] = useState<string | null>(null);
  return (
    <Loaded query={overview}>
      {(all) => {
        if (all.queues.length === 0) return <Empty text={t('noQueues')} />;
        const shown = chosen === null ? all : only(all, chosen);
        return (
          <Stack>
            {all.queues.length > 1 && (
              <Select
                label={t('queue')}
                placeholder={t('allQueues')}
                clearable
                maw={360}
                data={all.queues.map(({ queueId, name }) => ({ value: queueId, label: name }))}
                value={chosen}
                onChange={choose}
              />
            )}
            <Grid>
              {shown.queues.map((queue) => (
                <Grid.Col key={queue.queueId} span={{ base: 12, sm: 6, lg: 4, xl: 3 }}>
                  <QueueTile queue={queue} overview={all} />
                </Grid.Col>
              ))}
            </Grid>
            <Grid>
              <Grid.Col span={{ base: 12, lg: 6 }}>
                <Callers callers={shown.callers} queues={all.queues} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, lg: 6 }}>
                <Agents agents={shown.agents} />
              </Grid.Col>
            </Grid>
          </Stack>
        );
      }}
    </Loaded>
  );
}

const only = (all: Overview, queueId: string): Overview => ({
  ...all,
  queues: all.queues.filter((one) => one.queueId === queueId),
  callers: all.callers.filter((one) => one.queueId === queueId),
  agents: all.agents.filter(({ queues }) => queues.includes(queueId)),
});
