import { NumberInput, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Section } from '../../shared/section.js';
import { MemberRecord, RecordForm, useSaving } from './member-record.js';

const SWITCHES = ['doNotDisturb', 'callWaiting', 'hideNumber', 'voicemail', 'transferOut'] as const;
const FORWARDS = ['forwardAlways', 'forwardBusy', 'forwardNoAnswer'] as const;

type Settings = Record<(typeof SWITCHES)[number], boolean> &
  Record<(typeof FORWARDS)[number], string | null> & { ringSeconds: number };

export default function CallSettings() {
  const { t } = useTranslation('member');
  return (
    <MemberRecord title={t('settings.title')} text={t('settings.text')} record="call-settings">
      {(saved, path) => <Fields path={path} saved={saved} />}
    </MemberRecord>
  );
}

function Fields({
  path,
  saved,
}: {
  readonly path: `/v1/members/${string}/call-settings`;
  readonly saved: Settings;
}) {
  const { t } = useTranslation('member');
  const names = [...SWITCHES, ...FORWARDS, 'ringSeconds'] as const;
  const form = useForm<Settings>({
    initialValues: Object.fromEntries(names.map((name) => [name, saved[name]])) as Settings,
  });
  const saving = useSaving(`PATCH ${path}`, saved, (values: Settings) => ({
    ...values,
    ...Object.fromEntries(FORWARDS.map((name) => [name, values[name]?.trim() || null])),
  }));
  return (
    <RecordForm onSubmit={form.onSubmit(saving.start)} saving={saving}>
      <Section title={t('settings.calls')}>
        {SWITCHES.map((name) => (
          <Switch
            key={name}
            label={t(`settings.${name}`)}
            description={t(`settings.${name}.about`)}
            {...form.getInputProps(name, { type: 'checkbox' })}
          />
        ))}
        <NumberInput
          label={t('settings.ringSeconds')}
          min={5}
          max={120}
          allowDecimal={false}
          maw={220}
          {...form.getInputProps('ringSeconds')}
        />
      </Section>
      <Section title={t('settings.forward')} text={t('settings.forwardText')}>
        {FORWARDS.map((name) => (
          <TextInput
            key={name}
            label={t(`settings.${name}`)}
            maxLength={255}
            {...form.getInputProps(name)}
            value={form.values[name] ?? ''}
          />
        ))}
      </Section>
    </RecordForm>
  );
}
