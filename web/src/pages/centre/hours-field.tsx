import { Button, Checkbox, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../customers/texts.js';
import type { Hours } from './types.js';
import { dayNames } from './week.js';

/** When callers are taken; nothing: always. */
export function HoursField({
  value,
  onChange,
}: {
  readonly value: readonly Hours[];
  readonly onChange: (hours: readonly Hours[]) => void;
}) {
  const { t } = useTranslation('centre');
  const { reader } = useWording();
  const change = (at: number, next: Partial<Hours>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...next } : one)));
  return (
    <Input.Wrapper label={t('hours.title')} description={t('hours.text')} labelElement="div">
      <Stack mt="xs">
        {value.length === 0 && <Text size="sm">{t('hours.always')}</Text>}
        {value.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of hours have no name but their place
          <Stack key={at} gap="xs">
            <Group gap="sm">
              {dayNames(reader).map(({ day, name }) => (
                <Checkbox
                  key={day}
                  size="xs"
                  label={name}
                  checked={one.days.includes(day)}
                  onChange={(event) =>
                    change(at, {
                      days: event.currentTarget.checked
                        ? [...one.days, day].toSorted()
                        : one.days.filter((other) => other !== day),
                    })
                  }
                />
              ))}
            </Group>
            <Group align="flex-end">
              {(['from', 'to'] as const).map((end) => (
                <TextInput
                  key={end}
                  type="time"
                  size="xs"
                  label={t(`hours.${end}`)}
                  value={one[end]}
                  onChange={(event) => change(at, { [end]: event.currentTarget.value })}
                />
              ))}
              <TextInput
                size="xs"
                label={t('hours.zone')}
                maxLength={60}
                value={one.timeZone}
                onChange={(event) => change(at, { timeZone: event.currentTarget.value })}
              />
              <Button
                size="xs"
                variant="subtle"
                color="red"
                onClick={() => onChange(value.filter((_, index) => index !== at))}
              >
                {t('hours.remove')}
              </Button>
            </Group>
          </Stack>
        ))}
        {value.length < 7 && (
          <div>
            <Button size="compact-sm" variant="default" onClick={() => onChange([...value, officeHours()])}>
              {t('hours.add')}
            </Button>
          </div>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

const officeHours = (): Hours => ({
  days: [1, 2, 3, 4, 5],
  from: '09:00',
  to: '18:00',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
