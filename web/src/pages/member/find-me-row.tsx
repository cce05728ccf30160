import { ActionIcon, Checkbox, Group, NumberInput, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconClose, IconDown, IconDrag, IconUp } from '../../shared/icons.js';
import type { FindMeStep } from './find-me-order.js';

export function FindMeRow({
  step,
  label,
  place,
  last,
  onMove,
  onChange,
  onRemove,
  onDragStart,
  onDragOver,
  onDragEnd,
}: {
  readonly step: FindMeStep;
  readonly label: string;
  readonly place: number;
  readonly last: boolean;
  readonly onMove: (to: number) => void;
  readonly onChange: (changes: Partial<FindMeStep>) => void;
  readonly onRemove: () => void;
  readonly onDragStart: () => void;
  readonly onDragOver: () => void;
  readonly onDragEnd: () => void;
}) {
  const { t } = useTranslation('member');
  const rings = step.kind !== 'voicemail';
  return (
    <Paper
      component="li"
      withBorder
      p="xs"
      draggable={rings}
      onDragStart={onDragStart}
      onDragOver={(event) => {
        event.preventDefault();
        onDragOver();
      }}
      onDragEnd={onDragEnd}
      onDrop={(event) => event.preventDefault()}
    >
      <Group justify="space-between" gap="xs">
        <Group gap="xs" wrap="nowrap" miw={0}>
          <IconDrag />
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {place + 1}. {label}
          </Text>
        </Group>
        <Group gap="xs">
          {rings && (
            <NumberInput
              aria-label={t('findMe.seconds', { what: label })}
              w={90}
              size="xs"
              min={5}
              max={120}
              suffix={t('findMe.secondsUnit')}
              allowDecimal={false}
              value={step.ringSeconds}
              onChange={(value) => onChange({ ringSeconds: Number(value) || 20 })}
            />
          )}
          {rings && place > 0 && (
            <Checkbox
              label={t('findMe.together')}
              size="xs"
              checked={step.withPrevious}
              onChange={(event) => onChange({ withPrevious: event.currentTarget.checked })}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={place === 0 || !rings}
            aria-label={t('findMe.up', { what: label })}
            onClick={() => onMove(place - 1)}
          >
            <IconUp />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={last || !rings}
            aria-label={t('findMe.down', { what: label })}
            onClick={() => onMove(place + 1)}
          >
            <IconDown />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t('findMe.remove', { what: label })}
            onClick={onRemove}
          >
            <IconClose />
          </ActionIcon>
        </Group>
      </Group>
    </Paper>
  );
}
