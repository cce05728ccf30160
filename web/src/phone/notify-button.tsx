import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../shared/action.js';
import { ProblemAlert } from '../shared/states.js';
import { subscribeToPush, unsubscribeFromPush } from './push.js';

/** Whether the browser may tell of calls: while another window is in front, and (push) while no page is open. */
export function NotifyButton() {
  const { t } = useTranslation('phone');
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : 'denied',
  );
  const on = useAction(async () => {
    setPermission(await Notification.requestPermission());
    return subscribeToPush();
  });
  const off = useAction(unsubscribeFromPush);
  if (permission === 'denied') return <Text size="sm">{t('notify.denied')}</Text>;
  return (
    <Stack gap="xs">
      {permission === 'granted' && <Text size="sm">{t('notify.granted')}</Text>}
      {on.data === false && <Text size="sm">{t('notify.noPush')}</Text>}
      <ProblemAlert error={on.error ?? off.error} />
      <Button variant="light" onClick={() => on.start()} loading={on.isPending}>
        {t('notify.ask')}
      </Button>
      {permission === 'granted' && (
        <Button variant="subtle" onClick={() => off.start()} loading={off.isPending}>
          {t('notify.stop')}
        </Button>
      )}
    </Stack>
  );
}
