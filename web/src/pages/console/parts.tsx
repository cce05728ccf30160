import { Badge, Table, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { groupOf } from './live-list.js';

/** A table as dense as it can be read, which scrolls by itself where the page is narrow. */
export function Grid({
  label,
  head,
  children,
  minWidth = 720,
}: {
  readonly label: string;
  readonly head: readonly (string | readonly [text: string, align: 'right'])[];
  readonly children: ReactNode;
  readonly minWidth?: number;
}) {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" tabIndex={0} role="region" aria-label={label}>
      <Table verticalSpacing={5} horizontalSpacing="xs" fz="sm" highlightOnHover stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {head.map((one) => {
              const [text, align] = typeof one === 'string' ? [one, 'left' as const] : one;
              return (
                <Table.Th key={text} ta={align} style={{ whiteSpace: 'nowrap' }}>
                  {text === '' ? <span className="visually-hidden">–</span> : text}
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const colours = { 'setting-up': 'gray', ringing: 'yellow', talking: 'teal', ending: 'gray' } as const;

/** Colour for the state alone, and the word beside it. */
export function CallState({ state }: { readonly state: string }) {
  const { t } = useTranslation('console');
  const group = groupOf(state);
  return (
    <Badge variant="light" radius="sm" color={colours[group]} data-state={group}>
      {t(state === 'ended' ? 'callState.over' : `callState.${group}`)}
    </Badge>
  );
}

const health = { closed: 'teal', 'half-open': 'yellow', open: 'red', disabled: 'gray' } as const;
export type Health = keyof typeof health;

export function HealthBadge({ state }: { readonly state: Health }) {
  const { t } = useTranslation('console');
  return (
    <Badge
      variant={state === 'open' ? 'filled' : 'light'}
      radius="sm"
      color={health[state]}
      data-health={state}
    >
      {t(`health.${state}`)}
    </Badge>
  );
}

/** For what is done to somebody else: asks why, and once more. */
export function ReasonButton({
  label,
  question,
  act,
  done,
  calm = false,
}: {
  readonly label: string;
  readonly question: string;
  readonly act: (reason: string, key: string) => Promise<unknown>;
  readonly done: () => void;
  /** It takes nothing away from anybody: not in the colour of alarm. */
  readonly calm?: boolean;
}) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const [close, setClose] = useState<(() => void) | undefined>(undefined);
  const acting = useAction(act, {
    onSuccess: () => {
      close?.();
      setReason('');
      done();
    },
  });
  return (
    <ConfirmButton
      label={label}
      question={question}
      {...(calm ? { variant: 'default', color: 'gray' } : {})}
      error={acting.error}
      onConfirm={(closes) => {
        if (reason.trim().length < 3) return;
        setClose(() => closes);
        acting.start(reason.trim());
      }}
    >
      <TextInput
        label={t('reason')}
        description={t('reasonHint')}
        required
        minLength={3}
        maxLength={300}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmButton>
  );
}
