import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signedOut, useSession } from '../../api/session.js';
import { PublicTerminal } from '../../cards/public-terminal.js';
import { TerminalCard } from '../../cards/terminal-card.js';
import { phone } from '../../phone/phone.js';
import { PhonePanel } from '../../phone/phone-panel.js';
import { usePhone } from '../../phone/use-phone.js';
import { Loading } from '../../shared/states.js';

/** A browser where anybody puts his card in and phones as at home; signed in as its owner, or as nobody. */
export default function TerminalPage() {
  const { t } = useTranslation('cards');
  const { account, isPending } = useSession();
  const guest = account?.roles.includes('terminal') === true;
  /** A card was in, and nobody here took it out. */
  const [left, setLeft] = useState(false);
  const wasIn = useRef(false);
  useEffect(() => {
    if (guest) wasIn.current = true;
    if (account !== null || !wasIn.current) return;
    wasIn.current = false;
    phone.stop();
    setLeft(true);
  }, [account, guest]);
  const out = () => {
    wasIn.current = false;
    phone.stop();
    void signedOut();
  };
  return (
    <Stack>
      <Title order={1} size="h2">
        {t('terminal.title')}
      </Title>
      {isPending ? (
        <Loading />
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Paper withBorder p="md">
            <Title order={2} size="h4" mb="sm">
              {t('terminal.card')}
            </Title>
            {account === null ? (
              <PublicTerminal left={left} onIn={() => setLeft(false)} />
            ) : (
              <OwnCard guest={guest} onOut={out} />
            )}
          </Paper>
          <Paper withBorder p="md">
            {account === null ? <Text size="sm">{t('terminal.first')}</Text> : <PhonePanel />}
          </Paper>
        </SimpleGrid>
      )}
    </Stack>
  );
}

/** The card of a browser that is a telephone already, or is about to be. */
function OwnCard({ guest, onOut }: { readonly guest: boolean; readonly onOut: () => void }) {
  const { line } = usePhone();
  return line === 'off' || line === 'connecting' ? <Loading /> : <TerminalCard guest={guest} onOut={onOut} />;
}
