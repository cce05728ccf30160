import { Paper, SimpleGrid, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TerminalCard } from '../../cards/terminal-card.js';
import { PhonePanel } from '../../phone/phone-panel.js';
import { usePhone } from '../../phone/use-phone.js';

/** A browser where anybody puts his card in and phones as at home. */
export default function TerminalPage() {
  const { t } = useTranslation(['cards', 'phone']);
  const { line } = usePhone();
  return (
    <Stack>
      <Title order={1} size="h2">
        {t('terminal.title')}
      </Title>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Paper withBorder p="md">
          <Title order={2} size="h4" mb="sm">
            {t('terminal.card')}
          </Title>
          {line !== 'off' && line !== 'connecting' && <TerminalCard />}
        </Paper>
        <Paper withBorder p="md">
          <PhonePanel />
        </Paper>
      </SimpleGrid>
    </Stack>
  );
}
