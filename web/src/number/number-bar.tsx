import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

/** Leads to whatever the holder of a number shows, in any spelling. Stands on the front page, too. */
export function NumberBar() {
  const { t } = useTranslation('number');
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const number = typed.trim();
        if (number !== '') void navigate(`/n/${encodeURIComponent(number)}`);
      }}
    >
      <Group align="flex-end" wrap="nowrap">
        <TextInput
          flex={1}
          label={t('bar.label')}
          placeholder="02-6200-6200-082"
          inputMode="tel"
          autoComplete="off"
          maxLength={64}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit">{t('bar.go')}</Button>
      </Group>
    </form>
  );
}
