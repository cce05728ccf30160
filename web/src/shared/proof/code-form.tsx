import { Button, Group, PinInput, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

const DIGITS = 6;

export function CodeForm({
  left,
  isPending,
  onCode,
  children,
}: {
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
          length={DIGITS}
          type="number"
          oneTimeCode
          aria-label={t('code')}
          value={code}
          onChange={setCode}
          gap={6}
          autoFocus
        />
        <Text size="sm" c="dimmed">
          {t('attempts', { count: left })}
        </Text>
        <Group>
          <Button type="submit" loading={isPending} disabled={code.length < DIGITS}>
            {t('submit')}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}
