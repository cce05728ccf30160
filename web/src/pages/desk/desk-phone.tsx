import { Accordion } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PhonePanel } from '../../phone/phone-panel.js';

const KEY = 'anydial.desk.open';

/**
 * The telephone of this browser beside the desk. Shown, and so registered, only by whoever wants it to be his; it is there again after a
 * reload, so that an agent who is rung here goes on to be reached.
 */
export function DeskPhone() {
  const { t } = useTranslation('desk');
  const [open, setOpen] = useState(() => localStorage.getItem(KEY));
  const change = (value: string | null) => {
    localStorage.setItem(KEY, value ?? '');
    setOpen(value);
  };
  return (
    <Accordion variant="contained" value={open} onChange={change}>
      <Accordion.Item value="phone">
        <Accordion.Control>{t('browserPhone')}</Accordion.Control>
        <Accordion.Panel>
          <PhonePanel compact />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
