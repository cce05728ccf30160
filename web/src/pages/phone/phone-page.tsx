import { Anchor, Paper, SimpleGrid, Stack, Tabs, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ContactList } from '../../phone/contact-list.js';
import { HistoryList } from '../../phone/history-list.js';
import { NotifyButton } from '../../phone/notify-button.js';
import { PhonePanel } from '../../phone/phone-panel.js';
import { PlaceForm } from '../../phone/place-form.js';
import { installServiceWorker } from '../../phone/service-worker.js';
import { SoundForm } from '../../phone/sound-form.js';
import { usePhone } from '../../phone/use-phone.js';

/** The browser as a telephone. */
export default function PhonePage() {
  const { t } = useTranslation('phone');
  const { place } = usePhone();
  useEffect(installServiceWorker, []);
  return (
    <Stack>
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Paper withBorder p="md">
          <PhonePanel />
        </Paper>
        <Paper withBorder p="md">
          <Tabs defaultValue="contacts" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="contacts">{t('tabs.contacts')}</Tabs.Tab>
              <Tabs.Tab value="history">{t('tabs.history')}</Tabs.Tab>
              <Tabs.Tab value="settings">{t('tabs.settings')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="contacts">
              <ContactList />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <HistoryList />
            </Tabs.Panel>
            <Tabs.Panel value="settings">
              <Stack>
                <Title order={2} size="h4">
                  {t('sound.title')}
                </Title>
                <SoundForm />
                <Anchor component={Link} to="/phone/check">
                  {t('check.link')}
                </Anchor>
                <Title order={2} size="h4">
                  {t('notify.title')}
                </Title>
                <NotifyButton />
                <Title order={2} size="h4">
                  {t('place.title')}
                </Title>
                <PlaceForm key={place?.locationNumber} place={place} needed={false} />
              </Stack>
            </Tabs.Panel>
          </Tabs>
        </Paper>
      </SimpleGrid>
    </Stack>
  );
}
