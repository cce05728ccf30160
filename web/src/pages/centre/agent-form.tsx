import { Button, Checkbox, Group, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../customers/texts.js';
import type { Action } from '../../shared/action.js';
import { CountrySelect } from '../../shared/country-select.js';
import { ProblemAlert } from '../../shared/states.js';
import { LevelsField } from './levels-field.js';
import { languageChoices } from './tongues.js';
import type { AgentFields, AgentRow, Seats } from './types.js';

export interface AgentWish extends AgentFields {
  /** Left out: it stays. */
  readonly pin?: string;
}

/** An agent's settings: new ones start at the telephone chosen. */
export function AgentForm({
  agent,
  seats,
  label,
  action,
}: {
  readonly agent?: AgentRow;
  readonly seats: Seats;
  readonly label: string;
  readonly action: Action<AgentWish, unknown>;
}) {
  const { t } = useTranslation('centre');
  const say = useWording();
  const [first] = seats.members;
  const form = useForm({
    initialValues: {
      name: agent?.name ?? '',
      number: agent?.number ?? '',
      pin: '',
      country: agent?.country ?? first?.country ?? 'KR',
      memberId: agent?.memberId ?? first?.memberId ?? '',
      accountId: agent?.accountId ?? null,
      languages: agent?.languages ?? {},
      skills: agent?.skills ?? {},
      supervisor: agent?.supervisor ?? false,
      enabled: agent?.enabled ?? true,
    },
  });
  const send = ({ pin, ...rest }: typeof form.values) =>
    action.start({ ...rest, ...(pin === '' ? {} : { pin }) });
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t('agent.name')} required maxLength={80} {...form.getInputProps('name')} />
          <CountrySelect
            label={t('agent.country')}
            allowDeselect={false}
            {...form.getInputProps('country')}
          />
          <TextInput
            label={t('agent.number')}
            description={t('agent.numberText')}
            required
            maxLength={8}
            inputMode="numeric"
            {...form.getInputProps('number')}
          />
          <PasswordInput
            label={t('agent.pin')}
            description={t(agent === undefined ? 'agent.pinText' : 'agent.pinStays')}
            maxLength={12}
            autoComplete="new-password"
            {...form.getInputProps('pin')}
          />
          <Select
            label={t('agent.telephone')}
            description={t('agent.telephoneText')}
            searchable
            allowDeselect={false}
            data={seats.members.map(({ memberId, name, telephones }) => ({
              value: memberId,
              label: t('agent.seat', { name, count: telephones }),
            }))}
            {...form.getInputProps('memberId')}
          />
          <Select
            label={t('agent.account')}
            description={t('agent.accountText')}
            searchable
            clearable
            data={seats.accounts.map(({ accountId, email, name }) => ({
              value: accountId,
              label: name === null ? email : `${name} (${email})`,
            }))}
            {...form.getInputProps('accountId')}
          />
        </SimpleGrid>
        <LevelsField
          label={t('agent.languages')}
          choices={languageChoices(say.language)}
          value={form.values.languages}
          onChange={(languages) => form.setFieldValue('languages', languages)}
        />
        <LevelsField
          label={t('agent.skills')}
          value={form.values.skills}
          onChange={(skills) => form.setFieldValue('skills', skills)}
        />
        <Group>
          <Checkbox
            label={t('agent.supervisor')}
            {...form.getInputProps('supervisor', { type: 'checkbox' })}
          />
          <Checkbox label={t('agent.enabled')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
        </Group>
        <ProblemAlert error={action.error} />
        <div>
          <Button type="submit" loading={action.isPending}>
            {label}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
