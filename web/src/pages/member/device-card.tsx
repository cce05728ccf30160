import { Badge, Button, Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { Facts } from '../../shared/facts.js';
import { useFormat } from '../../shared/format.js';
import { tellDone } from '../../shared/notify.js';
import { ProblemAlert } from '../../shared/states.js';
import type { Device, DeviceSecret } from './device.js';
import { Provisioning } from './provisioning.js';

export function DeviceCard({
  device,
  onSecret,
  onChange,
  onRemoved,
}: {
  readonly device: Device;
  readonly onSecret: (secret: DeviceSecret) => void;
  readonly onChange: () => void;
  readonly onRemoved: () => void;
}) {
  const { t } = useTranslation('member');
  const { country } = useFormat();
  const [connecting, setConnecting] = useState(false);
  const path = `/v1/members/${device.memberId}/devices/${device.id}` as const;
  const rotating = useAction((_: string, key) => ask(`POST ${path}/secret`, { key }), {
    onSuccess: onSecret,
  });
  const switching = useAction((enabled: boolean) => ask(`PATCH ${path}`, { body: { enabled } }), {
    onSuccess: onChange,
  });
  const removing = useAction(() => ask(`DELETE ${path}`), { onSuccess: onRemoved });
  const testing = useAction(
    (deviceId: string, key) =>
      ask('POST /v1/members/{memberId}/calls', {
        path: { memberId: device.memberId },
        body: { deviceId, service: 'echo' },
        key,
      }),
    { onSuccess: () => tellDone(t('device.ringing')) },
  );
  return (
    <Paper withBorder p="md" component="article" aria-label={device.label}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {device.label}
          </Title>
          <Badge variant="light" color={device.enabled ? 'teal' : 'gray'}>
            {t(device.enabled ? 'device.on' : 'device.off')}
          </Badge>
        </Group>
        <Facts
          facts={[
            [t('secret.account'), device.username],
            [t('device.where'), country(device.country)],
            [t('device.location'), device.locationNumber],
          ]}
        />
        <ProblemAlert error={rotating.error ?? switching.error ?? removing.error ?? testing.error} />
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => testing.start(device.id)} loading={testing.isPending}>
            {t('device.test')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={connecting}
            onClick={() => setConnecting(!connecting)}
          >
            {t('device.connect')}
          </Button>
          <ConfirmButton
            color="orange"
            label={t('device.rotate')}
            question={t('device.rotateQuestion')}
            onConfirm={(close) => {
              rotating.start('');
              close();
            }}
          />
          <ConfirmButton
            label={t('device.remove')}
            question={t('device.removeQuestion')}
            onConfirm={(close) => {
              removing.start();
              close();
            }}
          />
          <Switch
            label={t('device.enabled')}
            checked={device.enabled}
            onChange={(event) => switching.start(event.currentTarget.checked)}
          />
        </Group>
        {connecting && <Provisioning path={path} />}
        {device.kind === 'webrtc' && (
          <Text size="sm" c="dimmed">
            {t('device.browser')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
