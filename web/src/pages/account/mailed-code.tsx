import { Button, Group, PinInput, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../shared/action.js';
import { ProblemAlert } from '../../shared/states.js';

export interface MailedCode {
  readonly id: string;
  readonly expiresAt: string;
  readonly resendAfter: string;
}

/** As the mail has them: none that is mistaken for another. */
const LENGTH = 8;
const CHARACTER = /^[2-9a-hj-np-zA-HJ-NP-Z]$/;

/** Eight characters from a mail; another mail on demand. What to do with them is `confirm`'s. */
export function MailedCodeForm({
  email,
  confirm,
  again,
}: {
  readonly email: string;
  readonly confirm: (code: string) => Promise<void>;
  readonly again?: () => Promise<unknown>;
}) {
  const { t } = useTranslation('account');
  const [code, setCode] = useState('');
  const label = useId();
  const confirming = useAction(async (typed: string) => {
    try {
      await confirm(typed);
    } catch (refused) {
      setCode('');
      throw refused;
    }
  });
  const resending = useAction(async () => {
    await again?.();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirming.start(code);
      }}
    >
      <Stack>
        <Text id={label}>{t('code.sent', { email })}</Text>
        <ProblemAlert error={confirming.error ?? resending.error} />
        <PinInput
          length={LENGTH}
          type={CHARACTER}
          inputMode="text"
          size="sm"
          oneTimeCode
          aria-label={t('code.label')}
          aria-labelledby={label}
          value={code}
          onChange={(typed) => setCode(typed.toUpperCase())}
          gap={4}
          autoFocus
        />
        <Group>
          <Button type="submit" loading={confirming.isPending} disabled={code.length < LENGTH}>
            {t('code.submit')}
          </Button>
          {again !== undefined && (
            <Button variant="default" onClick={() => resending.start()} loading={resending.isPending}>
              {t('code.again')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
