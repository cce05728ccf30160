import { Button, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { MemberPage } from './member-page.js';

const SWITCHES = ['doNotDisturb', 'callWaiting', 'hideNumber', 'voicemail', 'transferOut'] as const;
const FORWARDS = ['forwardAlways', 'forwardBusy', 'forwardNoAnswer'] as const;

type Settings = Record<(typeof SWITCHES)[number], boolean> &
  Record<(typeof FORWARDS)[number], string | null> & { ringSeconds: number };

export default function CallSettings() {
  const { t } = useTranslation('member');
  return (
    <MemberPage title={t('settings.title')} text={t('settings.text')}>
      {(memberId) => <Form memberId={memberId} />}
    </MemberPage>
  );
}

function Form({ memberId }: { readonly memberId: string }) {
  const path = `/v1/members/${memberId}/call-settings` as const;
  const settings = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask<Settings>(`GET ${path}`, { signal }),
  });
  return <Loaded query={settings}>{(found) => <Fields path={path} saved={found} />}</Loaded>;
}

function Fields({ path, saved }: { readonly path: `/${string}`; readonly saved: Settings }) {
  const { t } = useTranslation(['member', 'app']);
  const names = [...SWITCHES, ...FORWARDS, 'ringSeconds'] as const;
  const form = useForm<Settings>({
    initialValues: Object.fromEntries(names.map((name) => [name, saved[name]])) as Settings,
  });
  const saving = useAction(
    (values: Settings) =>
      ask(`PATCH ${path}`, {
        body: {
          ...values,
          ...Object.fromEntries(FORWARDS.map((name) => [name, values[name]?.trim() || null])),
        },
      }),
    { onSuccess: () => tellDone(t('app:saved')) },
  );
  return (
    <form onSubmit={form.onSubmit(saving.start)}>
      <Stack>
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
        <ProblemAlert error={saving.error} />
        <div>
          <Button type="submit" loading={saving.isPending}>
            {t('app:save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
