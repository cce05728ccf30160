import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phone } from './phone.js';
import type { CallView } from './state.js';
import { dialable } from './target.js';

/** Puts the other one through: to a number at once, or to whom one talks with in another call. */
export function TransferForm({
  call,
  others,
}: {
  readonly call: CallView;
  readonly others: readonly CallView[];
}) {
  const { t } = useTranslation('phone');
  const [typed, setTyped] = useState('');
  const busy = call.transfer === 'asked';
  return (
    <Stack gap="xs">
      {others.map((other) => (
        <Button
          key={other.id}
          variant="light"
          loading={busy}
          onClick={() => phone.connect(other.id, call.id)}
        >
          {t('transfer.connect', { who: other.name ?? other.number })}
        </Button>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          phone.transfer(call.id, typed);
        }}
      >
        <Stack gap="xs">
          <TextInput
            label={t('transfer.to')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
          <Button type="submit" variant="light" loading={busy} disabled={dialable(typed) === undefined}>
            {t('transfer.now')}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}
