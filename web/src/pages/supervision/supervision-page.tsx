import { Select, Stack, Tabs, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, type Page } from '../../api/http.js';
import { useLive } from '../../api/live.js';
import { Empty, Loaded } from '../../shared/states.js';
import { LiveQueue } from './live-queue.js';
import { Recordings } from './recordings.js';

interface Queue {
  readonly id: string;
  readonly name: string;
}

/** What happens in the queues at this moment, told as it happens. */
export default function SupervisionPage() {
  const { t } = useTranslation('supervision');
  const client = useQueryClient();
  const [chosen, choose] = useState<string | null>(null);
  const queues = useQuery({
    queryKey: ['queues'],
    queryFn: ({ signal }) => ask<Page<Queue>>('GET /v1/queues', { query: { limit: 200 }, signal }),
  });
  const refresh = () => void client.invalidateQueries({ queryKey: ['live'] });
  useLive('/v1/events?topics=queues', { events: { message: refresh, resync: refresh } });
  return (
    <Stack>
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      <Tabs defaultValue="live" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="live">{t('tab.live')}</Tabs.Tab>
          <Tabs.Tab value="recordings">{t('tab.recordings')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="live">
          <Loaded query={queues}>
            {({ items }) => {
              const [first] = items;
              if (first === undefined) return <Empty text={t('noQueues')} />;
              const queueId = chosen ?? first.id;
              return (
                <Stack>
                  {items.length > 1 && (
                    <Select
                      label={t('queue')}
                      data={items.map(({ id, name }) => ({ value: id, label: name }))}
                      value={queueId}
                      allowDeselect={false}
                      onChange={choose}
                    />
                  )}
                  <LiveQueue
                    key={queueId}
                    queueId={queueId}
                    name={items.find(({ id }) => id === queueId)?.name ?? ''}
                  />
                </Stack>
              );
            }}
          </Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="recordings">
          <Recordings />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
