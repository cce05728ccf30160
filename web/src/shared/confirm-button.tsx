import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './states.js';

/** For what cannot be undone: says what will happen, and asks once more. */
export function ConfirmButton({
  label,
  question,
  onConfirm,
  error,
  children,
  ...button
}: ButtonProps & {
  readonly label: string;
  readonly question: string;
  /** Closes when it resolves; what it throws is `error`. */
  readonly onConfirm: (close: () => void) => void;
  readonly error?: unknown;
  /** Fields to fill in before. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('app');
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="subtle" color="red" size="compact-sm" {...button} onClick={open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={label} closeButtonProps={{ 'aria-label': t('close') }}>
        <Stack>
          <Text>{question}</Text>
          {children}
          <ProblemAlert error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button color="red" onClick={() => onConfirm(close)}>
              {label}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
