import { Stack, Tabs, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LiveBoard } from './live-board.js';
import { Recordings } from './recordings.js';

/** What happens in the queues at this moment, told as it happens, and what was recorded. */
export default function SupervisionPage() {
  const { t } = useTranslation('supervision');
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
          <LiveBoard />
        </Tabs.Panel>
        <Tabs.Panel value="recordings">
          <Recordings />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
