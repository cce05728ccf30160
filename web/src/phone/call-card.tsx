import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { CallControls } from './call-controls.js';
import { IconCall, IconHangUp } from './icons.js';
import { Keypad } from './keypad.js';
import { phone } from './phone.js';
import { QualityText } from './quality-text.js';
import type { CallView } from './state.js';
import { TransferForm } from './transfer-form.js';
import { clockOf, useLevel, useSecondsSince } from './use-phone.js';

/** One call: who it is, how it goes, and what one can do with it. `others`: whom it can be connected with. */
export function CallCard({
  call,
  others,
}: {
  readonly call: CallView;
  readonly others: readonly CallView[];
}) {
  const { t } = useTranslation('phone');
  const [keys, { toggle: toggleKeys }] = useDisclosure(false);
  const [transferring, { toggle: toggleTransfer }] = useDisclosure(false);
  const seconds = useSecondsSince(call.stage === 'talking' ? call.startedAt : undefined);
  const heard = useLevel(call.stage === 'talking' ? phone.heard(call.id) : undefined);
  const rings = call.stage === 'ringing' && call.direction === 'in';
  return (
    <Paper
      withBorder
      p="md"
      role="group"
      aria-label={t('call.with', { who: call.name ?? call.number })}
      data-call={call.stage}
      data-heard={Math.round(heard.hertz / 50) * 50}
      data-level={heard.level.toFixed(2)}
    >
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text fw={600} truncate>
              {call.name ?? (call.number || t('call.unknown'))}
            </Text>
            {call.name !== undefined && (
              <Text size="sm" c="dimmed" truncate>
                {call.number}
              </Text>
            )}
          </div>
          <Badge variant="filled" color={call.stage === 'ended' ? 'gray.7' : 'teal.9'} role="status">
            {call.held ? t('call.held') : t(`call.${rings ? 'incoming' : call.stage}`)}
          </Badge>
        </Group>
        {call.stage === 'talking' && (
          <Group justify="space-between">
            <Text ff="monospace" aria-label={t('call.time')}>
              {clockOf(seconds ?? 0)}
            </Text>
            <QualityText quality={call.quality} />
          </Group>
        )}
        {call.stage === 'ended' && <Text size="sm">{t([`ended.${call.endedBecause}`, 'ended.other'])}</Text>}
        {call.transfer === 'failed' && (
          <Text size="sm" c="red" role="alert">
            {t('transfer.failed')}
          </Text>
        )}
        {rings && (
          <Group grow>
            <Button color="teal.9" leftSection={<IconCall />} onClick={() => phone.answer(call.id)}>
              {t('call.answer')}
            </Button>
            <Button color="red.9" leftSection={<IconHangUp />} onClick={() => phone.hangUp(call.id)}>
              {t('call.decline')}
            </Button>
          </Group>
        )}
        {call.stage === 'talking' && (
          <CallControls
            call={call}
            keys={keys}
            transferring={transferring}
            {...{ toggleKeys, toggleTransfer }}
          />
        )}
        {keys && call.stage === 'talking' && <Keypad onKey={(key) => phone.press(call.id, key)} />}
        {transferring && call.stage === 'talking' && <TransferForm call={call} others={others} />}
        {!rings && call.stage !== 'ended' && (
          <Button color="red.9" leftSection={<IconHangUp />} onClick={() => phone.hangUp(call.id)}>
            {t('call.hangUp')}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
