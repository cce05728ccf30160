import { Button, Group, MultiSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useWording } from '../../customers/texts.js';
import { useAction } from '../../shared/action.js';
import { countryChoices } from '../../shared/countries.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { languageChoices } from './tongues.js';

export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly filter: {
    readonly countries?: readonly string[];
    readonly languages?: readonly string[];
    readonly minCalls?: number;
    readonly calledWithinDays?: number;
    readonly quietForDays?: number;
    readonly mostScore?: number;
  };
}
const numbers = [
  ['minCalls', 1, 10_000],
  ['calledWithinDays', 1, 3_650],
  ['quietForDays', 1, 3_650],
  ['mostScore', 1, 5],
] as const;

/** Groups of customers, as questions: who is in one is looked up when it is used. */
export function Segments() {
  const { t } = useTranslation('centre');
  const segments = usePages('/v1/segments', { limit: 200 });
  const refresh = () => void segments.refetch();
  return (
    <Section title={t('segments.title')} text={t('segments.text')}>
      <Loaded query={segments}>
        {(items) => (
          <Stack gap="xs">
            {items.length === 0 && <Text c="dimmed">{t('segments.none')}</Text>}
            {items.map((one) => (
              <SegmentLine key={one.id} segment={one} onChanged={refresh} />
            ))}
          </Stack>
        )}
      </Loaded>
      <More {...segments} />
      <NewSegment onMade={refresh} />
    </Section>
  );
}

function SegmentLine({ segment, onChanged }: { readonly segment: Segment; readonly onChanged: () => void }) {
  const { t } = useTranslation('centre');
  const say = useWording();
  const { countries = [], languages = [] } = segment.filter;
  const count = useQuery({
    queryKey: ['segment', segment.id, 'count'],
    queryFn: ({ signal }) => ask('GET /v1/segments/{id}/count', { path: { id: segment.id }, signal }),
  });
  const removing = useAction(() => ask('DELETE /v1/segments/{id}', { path: { id: segment.id } }), {
    onSuccess: onChanged,
  });
  const told = [
    ...countries.map(say.country),
    ...languages.map(say.language),
    ...numbers.flatMap(([name]) => {
      const value = segment.filter[name];
      return value === undefined ? [] : [`${t(`segments.${name}`)}: ${value}`];
    }),
  ].join(' · ');
  return (
    <Group justify="space-between" data-segment={segment.name}>
      <Stack gap={0}>
        <Text fw={600}>
          {segment.name}
          {count.data !== undefined && ` (${t('segments.customers', { count: count.data.customers })})`}
        </Text>
        <Text size="sm" c="dimmed">
          {told}
        </Text>
      </Stack>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        aria-label={t('segments.removeName', { name: segment.name })}
        onClick={() => removing.start()}
      >
        {t('segments.remove')}
      </Button>
      <ProblemAlert error={removing.error} />
    </Group>
  );
}

function NewSegment({ onMade }: { readonly onMade: () => void }) {
  const { t } = useTranslation('centre');
  const say = useWording();
  const form = useForm({
    initialValues: {
      name: '',
      countries: [] as string[],
      languages: [] as string[],
      minCalls: '' as number | '',
      calledWithinDays: '' as number | '',
      quietForDays: '' as number | '',
      mostScore: '' as number | '',
    },
  });
  const making = useAction(
    ({ name, ...filter }: typeof form.values, key) => {
      const said = Object.entries(filter).filter(
        ([, one]) => one !== '' && !(Array.isArray(one) && one.length === 0),
      );
      return ask('POST /v1/segments', { key, body: { name, filter: Object.fromEntries(said) } });
    },
    {
      onSuccess: () => {
        form.reset();
        onMade();
      },
    },
  );
  return (
    <form onSubmit={form.onSubmit(making.start)} aria-label={t('segments.new')}>
      <Stack gap="sm">
        <Text fw={600}>{t('segments.new')}</Text>
        <Group align="flex-end">
          <TextInput label={t('segments.name')} required maxLength={100} {...form.getInputProps('name')} />
          <MultiSelect
            label={t('segments.countries')}
            searchable
            data={[...countryChoices(say.country)]}
            {...form.getInputProps('countries')}
          />
          <MultiSelect
            label={t('segments.languages')}
            searchable
            data={languageChoices(say.language)}
            {...form.getInputProps('languages')}
          />
          {numbers.map(([name, min, max]) => (
            <NumberInput
              key={name}
              label={t(`segments.${name}`)}
              min={min}
              max={max}
              allowDecimal={false}
              {...form.getInputProps(name)}
            />
          ))}
        </Group>
        <ProblemAlert error={making.error} />
        <div>
          <Button type="submit" loading={making.isPending}>
            {t('segments.add')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
