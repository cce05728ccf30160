import { ActionIcon, Button, Collapse, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconBackspace, IconCall, IconKeys } from './icons.js';
import { Keypad } from './keypad.js';
import { phone } from './phone.js';
import { dialable } from './target.js';

/** Where one types or keys in whom to call: a number in any spelling, a domain, an e-mail address. */
export function Dialler({ ready, compact = false }: { readonly ready: boolean; readonly compact?: boolean }) {
  const { t } = useTranslation('phone');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<boolean>();
  const keys = chosen ?? !compact;
  const target = dialable(typed);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (phone.dial(typed)) setTyped('');
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('dial.label')}
          description={compact ? undefined : t('dial.about')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="text"
          rightSection={
            typed === '' ? (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('dial.keys')}
                aria-expanded={keys}
                onClick={() => setChosen(!keys)}
              >
                <IconKeys />
              </ActionIcon>
            ) : (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('dial.back')}
                onClick={() => setTyped(typed.slice(0, -1))}
              >
                <IconBackspace />
              </ActionIcon>
            )
          }
        />
        <Collapse expanded={keys}>
          <Keypad onKey={(key) => setTyped(typed + key)} />
        </Collapse>
        <Button
          type="submit"
          color="teal.9"
          leftSection={<IconCall />}
          disabled={!ready || target === undefined}
        >
          {t('dial.call')}
        </Button>
      </Stack>
    </form>
  );
}
