import { Alert, Button, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../../shared/copyable.js';
import type { DeviceSecret } from './device.js';

/** Shown once: neither we nor this page can show it again. */
export function SecretOnce({
  secret,
  onDone,
}: {
  readonly secret: DeviceSecret;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('member');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const { username, secret: password, sip } = secret;
  return (
    <Alert ref={box} tabIndex={-1} color="teal" variant="light" title={t('secret.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('secret.text')}</Text>
        <Copyable label={t('secret.account')} value={username} />
        <Copyable label={t('secret.secret')} value={password} />
        {sip !== undefined && (
          <>
            <Copyable label={t('secret.server')} value={`${sip.host}:${sip.port}`} />
            <Copyable label={t('secret.serverTls')} value={`${sip.host}:${sip.tlsPort}`} />
          </>
        )}
        <div>
          <Button onClick={onDone}>{t('secret.done')}</Button>
        </div>
      </Stack>
    </Alert>
  );
}
