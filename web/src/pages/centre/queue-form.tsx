import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useWording } from '../../customers/texts.js';
import { useAction } from '../../shared/action.js';
import { CountrySelect } from '../../shared/country-select.js';
import { tellDone } from '../../shared/notify.js';
import { ProblemAlert } from '../../shared/states.js';
import { useUnchanged } from '../../shared/unchanged.js';
import { HoursField } from './hours-field.js';
import { OverflowField } from './overflow-field.js';
import { languageChoices } from './tongues.js';
import type { Queue, QueueFields } from './types.js';

/** Numbers of a queue with their limits (docs/queues.md). */
const numbers = [
  ['priority', 0, 9],
  ['maxWaiting', 1, 10_000],
  ['maxWaitSeconds', 10, 14_400],
  ['ringSeconds', 5, 120],
  ['wrapUpSeconds', 0, 3_600],
  ['announceSeconds', 10, 600],
] as const;
const switches = ['callback', 'survey', 'enabled'] as const;

export function QueueForm({
  queue,
  readOnly,
  onSaved,
}: {
  readonly queue: Queue;
  readonly readOnly: boolean;
  readonly onSaved: () => void;
}) {
  const { t } = useTranslation('centre');
  const say = useWording();
  const { ifMatch, saved } = useUnchanged(queue);
  const { id, companyId: _, ...fields } = queue;
  const form = useForm({
    initialValues: { ...fieldsOf(fields), rules: fields.rules.join('\n') },
  });
  const saving = useAction(
    ({ rules, extension, skill, ...rest }: typeof form.values) =>
      ask('PATCH /v1/queues/{id}', {
        path: { id },
        ifMatch,
        body: {
          ...rest,
          extension: emptyIsNone(extension),
          skill: emptyIsNone(skill),
          rules: rules.split('\n').flatMap((rule) => (rule.trim() === '' ? [] : [rule.trim()])),
        },
      }),
    {
      onSuccess: (after) => {
        saved(after);
        tellDone(t('saved'));
        onSaved();
      },
    },
  );
  return (
    <form onSubmit={form.onSubmit(saving.start)}>
      <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t('queue.name')} required maxLength={80} {...form.getInputProps('name')} />
            <CountrySelect
              label={t('queue.country')}
              allowDeselect={false}
              disabled={readOnly}
              {...form.getInputProps('country')}
            />
            <MultiSelect
              label={t('queue.languages')}
              description={t('queue.languagesText')}
              searchable
              disabled={readOnly}
              data={languageChoices(say.language)}
              {...form.getInputProps('languages')}
            />
            <TextInput
              label={t('queue.extension')}
              description={t('queue.extensionText')}
              maxLength={6}
              {...form.getInputProps('extension')}
            />
            <TextInput
              label={t('queue.skill')}
              description={t('queue.skillText')}
              maxLength={40}
              {...form.getInputProps('skill')}
            />
            <Select
              label={t('queue.answer')}
              description={t('queue.answerText')}
              allowDeselect={false}
              disabled={readOnly}
              data={(['at-once', 'late'] as const).map((value) => ({ value, label: t(`queue.${value}`) }))}
              {...form.getInputProps('answer')}
            />
          </SimpleGrid>
          <Textarea
            label={t('queue.rules')}
            description={t('queue.rulesText')}
            autosize
            minRows={2}
            maxLength={3_000}
            styles={{ input: { fontFamily: 'monospace' } }}
            {...form.getInputProps('rules')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
            {numbers.map(([name, min, max]) => (
              <NumberInput
                key={name}
                label={t(`queue.${name}`)}
                min={min}
                max={max}
                allowDecimal={false}
                {...form.getInputProps(name)}
              />
            ))}
          </SimpleGrid>
          <Group>
            {switches.map((name) => (
              <Checkbox
                key={name}
                label={t(`queue.${name}`)}
                {...form.getInputProps(name, { type: 'checkbox' })}
              />
            ))}
          </Group>
          <HoursField
            value={form.values.hours}
            onChange={(hours) => form.setFieldValue('hours', [...hours])}
          />
          <OverflowField
            queueId={id}
            value={form.values.overflow}
            onChange={(overflow) => form.setFieldValue('overflow', [...overflow])}
          />
          <ProblemAlert error={saving.error} />
          {!readOnly && (
            <div>
              <Button type="submit" loading={saving.isPending}>
                {t('save')}
              </Button>
            </div>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}

const emptyIsNone = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What may be sent back: nothing that only the server says. */
const fieldsOf = (queue: QueueFields) => ({
  name: queue.name,
  country: queue.country,
  extension: queue.extension ?? '',
  languages: [...queue.languages],
  skill: queue.skill ?? '',
  overflow: [...queue.overflow],
  answer: queue.answer,
  priority: queue.priority,
  maxWaiting: queue.maxWaiting,
  maxWaitSeconds: queue.maxWaitSeconds,
  ringSeconds: queue.ringSeconds,
  wrapUpSeconds: queue.wrapUpSeconds,
  announceSeconds: queue.announceSeconds,
  callback: queue.callback,
  survey: queue.survey,
  enabled: queue.enabled,
  hours: [...queue.hours],
});
