import {
  ActionIcon,
  Group,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconClose, IconDown, IconUp } from '../../shared/icons.js';
import { type ApprovalRule, TIERS } from './catalogue-contract.js';

const CHOICES = {
  kind: ['person', 'company'],
  form: ['own-telephone', 'identification', 'company'],
  tier: TIERS,
  proved: ['true', 'false'],
  knownHolder: ['true', 'false'],
} as const;
const NUMBERS = ['mostNumbers', 'leastDigits'] as const;

/** One rule: what it decides, for what, and why. Whatever is left open fits anything. */
export function RuleCard({
  rule,
  place,
  last,
  onChange,
  onMove,
  onRemove,
}: {
  readonly rule: ApprovalRule;
  readonly place: number;
  readonly last: boolean;
  readonly onChange: (rule: ApprovalRule) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation('ops');
  const name = t('rules.rule', { place });
  const textOf = (value: string | boolean | null) => (value === null ? null : String(value));
  const take = (field: keyof typeof CHOICES, value: string | null) =>
    onChange({ ...rule, [field]: value === 'true' || value === 'false' ? value === 'true' : value });
  return (
    <Paper withBorder p="md" component="article" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600}>{name}</Text>
          <Group gap={4}>
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={place === 1}
              aria-label={t('rules.up', { place })}
              onClick={() => onMove(place - 2)}
            >
              <IconUp />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={last}
              aria-label={t('rules.down', { place })}
              onClick={() => onMove(place)}
            >
              <IconDown />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('rules.remove', { place })}
              onClick={onRemove}
            >
              <IconClose />
            </ActionIcon>
          </Group>
        </Group>
        <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
          <Select
            label={t('rules.decision')}
            data={(['approve', 'operator', 'reject'] as const).map((value) => ({
              value,
              label: t(`rules.decision.${value}`),
            }))}
            allowDeselect={false}
            value={rule.decision}
            onChange={(value) =>
              onChange({ ...rule, decision: (value ?? 'operator') as ApprovalRule['decision'] })
            }
          />
          {(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((field) => (
            <Select
              key={field}
              label={t(`rules.${field}`)}
              placeholder={t('rules.any')}
              clearable
              data={CHOICES[field].map((value) => ({ value, label: t(`rules.${field}.${value}`) }))}
              value={textOf(rule[field])}
              onChange={(value) => take(field, value)}
            />
          ))}
          {NUMBERS.map((field) => (
            <NumberInput
              key={field}
              label={t(`rules.${field}`)}
              placeholder={t('rules.any')}
              min={0}
              max={100_000}
              allowDecimal={false}
              value={rule[field] ?? ''}
              onChange={(value) => onChange({ ...rule, [field]: value === '' ? null : Number(value) })}
            />
          ))}
        </SimpleGrid>
        <TextInput
          label={t('reason')}
          required
          maxLength={300}
          value={rule.reason}
          onChange={(event) => onChange({ ...rule, reason: event.currentTarget.value })}
        />
      </Stack>
    </Paper>
  );
}
