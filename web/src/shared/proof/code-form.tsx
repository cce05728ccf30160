import { Button, Group, PinInput, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Six digits are spoken by a call; a mail brings eight characters. */
const FORMS = {
  call: { length: 6, type: 'number', inputMode: 'numeric' },
  mail: { length: 8, type: /^[2-9a-hj-np-zA-HJ-NP-Z]$/, inputMode: 'text' },
} as const;

export function CodeForm({
  method,
  left,
  isPending,
  onCode,
  children,
}: {
  readonly method: 'call' | 'mail';
  readonly left: number;
  readonly isPending: boolean;
  readonly onCode: (code: string) => void;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('proof');
  const [code, setCode] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onCode(code);
      }}
    >
      <Stack gap="xs">
        <PinInput
          {...FORMS[method]}
          size="sm"
          oneTimeCode
          aria-label={t('code')}
          value={code}
          onChange={(typed) => setCode(typed.toUpperCase())}
          gap={4}
          autoFocus
        />
        <Text size="sm" c="dimmed">
          {t('attempts', { count: left })}
        </Text>
        <Group>
          <Button type="submit" loading={isPending} disabled={code.length < FORMS[method].length}>
            {t('submit')}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}
