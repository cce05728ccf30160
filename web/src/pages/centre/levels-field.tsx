import { Button, Group, Input, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Levels = Readonly<Record<string, number>>;

/** Levels from 0 to 100 by name: languages out of a list, skills by any word. */
export function LevelsField({
  label,
  choices,
  value,
  onChange,
}: {
  readonly label: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly value: Levels;
  readonly onChange: (levels: Levels) => void;
}) {
  const { t } = useTranslation('centre');
  const [next, setNext] = useState('');
  const nameOf = (name: string) => choices?.find((one) => one.value === name)?.label ?? name;
  const add = (name: string) => {
    if (name !== '') onChange({ ...value, [name]: 100 });
    setNext('');
  };
  return (
    <Input.Wrapper label={label} description={t('levels.text')} labelElement="div">
      <Stack gap="xs" mt="xs">
        {Object.entries(value).map(([name, level]) => (
          <Group key={name} gap="xs">
            <Text size="sm" miw={110}>
              {nameOf(name)}
            </Text>
            <NumberInput
              size="xs"
              w={90}
              aria-label={t('levels.of', { name: nameOf(name) })}
              min={0}
              max={100}
              allowDecimal={false}
              value={level}
              onChange={(now) => onChange({ ...value, [name]: Number(now) })}
            />
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              aria-label={t('levels.removeName', { name: nameOf(name) })}
              onClick={() =>
                onChange(Object.fromEntries(Object.entries(value).filter(([one]) => one !== name)))
              }
            >
              {t('levels.remove')}
            </Button>
          </Group>
        ))}
        {choices === undefined ? (
          <Group gap="xs" align="flex-end">
            <TextInput
              size="xs"
              label={t('levels.newSkill')}
              maxLength={40}
              value={next}
              onChange={(event) => setNext(event.currentTarget.value.toLowerCase())}
            />
            <Button size="xs" variant="default" onClick={() => add(next.trim())}>
              {t('levels.add')}
            </Button>
          </Group>
        ) : (
          <Select
            size="xs"
            w={220}
            label={t('levels.newLanguage')}
            searchable
            data={choices.filter((one) => value[one.value] === undefined)}
            value={null}
            onChange={(name) => add(name ?? '')}
          />
        )}
      </Stack>
    </Input.Wrapper>
  );
}
