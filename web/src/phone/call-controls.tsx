import { Button, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconHold, IconKeys, IconMicrophone, IconMuted, IconResume, IconTransfer } from './icons.js';
import { phone } from './phone.js';
import type { CallView } from './state.js';

/** What one does while talking. */
export function CallControls({
  call,
  keys,
  transferring,
  toggleKeys,
  toggleTransfer,
}: {
  readonly call: CallView;
  readonly keys: boolean;
  readonly transferring: boolean;
  readonly toggleKeys: () => void;
  readonly toggleTransfer: () => void;
}) {
  const { t } = useTranslation('phone');
  return (
    <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs">
      <Button
        px="xs"
        variant={call.muted ? 'light' : 'default'}
        aria-pressed={call.muted}
        leftSection={call.muted ? <IconMuted /> : <IconMicrophone />}
        onClick={() => phone.mute(call.id, !call.muted)}
      >
        {t('call.mute')}
      </Button>
      <Button
        px="xs"
        variant={call.held ? 'light' : 'default'}
        aria-pressed={call.held}
        leftSection={call.held ? <IconResume /> : <IconHold />}
        onClick={() => phone.hold(call.id, !call.held)}
      >
        {t('call.hold')}
      </Button>
      <Button
        px="xs"
        variant={keys ? 'light' : 'default'}
        aria-expanded={keys}
        leftSection={<IconKeys />}
        onClick={toggleKeys}
      >
        {t('call.keys')}
      </Button>
      <Button
        px="xs"
        variant={transferring ? 'light' : 'default'}
        aria-expanded={transferring}
        leftSection={<IconTransfer />}
        onClick={toggleTransfer}
      >
        {t('call.transfer')}
      </Button>
    </SimpleGrid>
  );
}
