import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Whether the browser may tell of calls that come in while another window is in front. */
export function NotifyButton() {
  const { t } = useTranslation('phone');
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : 'denied',
  );
  if (permission === 'granted') return <Text size="sm">{t('notify.granted')}</Text>;
  if (permission === 'denied') return <Text size="sm">{t('notify.denied')}</Text>;
  return (
    <Button variant="light" onClick={() => void Notification.requestPermission().then(setPermission)}>
      {t('notify.ask')}
    </Button>
  );
}
