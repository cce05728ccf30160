import { Button, Group, Input, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../shared/pages.js';
import type { Overflow } from './types.js';

/** Whose agents may take its callers, too, and after how long. */
export function OverflowField({
  queueId,
  value,
  onChange,
}: {
  readonly queueId: string;
  readonly value: readonly Overflow[];
  readonly onChange: (overflow: readonly Overflow[]) => void;
}) {
  const { t } = useTranslation('centre');
  const queues = usePages('/v1/queues', { limit: 200 });
  const others = (queues.data ?? []).filter(({ id }) => id !== queueId);
  const change = (at: number, next: Partial<Overflow>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...next } : one)));
  const [first] = others;
  return (
    <Input.Wrapper label={t('overflow.title')} description={t('overflow.text')} labelElement="div">
      <Stack mt="xs">
        {value.length === 0 && <Text size="sm">{t('overflow.none')}</Text>}
        {value.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of overflow have no name but their place
          <Group key={at} align="flex-end">
            <NumberInput
              size="xs"
              label={t('overflow.after')}
              min={0}
              max={14_400}
              allowDecimal={false}
              value={one.afterSeconds}
              onChange={(seconds) => change(at, { afterSeconds: Number(seconds) })}
            />
            <Select
              size="xs"
              label={t('overflow.queue')}
              allowDeselect={false}
              data={others.map(({ id, name }) => ({ value: id, label: name }))}
              value={one.queueId}
              onChange={(id) => id !== null && change(at, { queueId: id })}
            />
            <Button
              size="xs"
              variant="subtle"
              color="red"
              onClick={() => onChange(value.filter((_, index) => index !== at))}
            >
              {t('overflow.remove')}
            </Button>
          </Group>
        ))}
        {first !== undefined && value.length < 5 && (
          <div>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onChange([...value, { afterSeconds: 60, queueId: first.id }])}
            >
              {t('overflow.add')}
            </Button>
          </div>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
