import { Button, Group, NumberInput, Select, Stack, Table, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useWording } from '../../customers/texts.js';
import { useAction } from '../../shared/action.js';
import { CountrySelect } from '../../shared/country-select.js';
import { tellDone } from '../../shared/notify.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { CentreHead } from './centre-head.js';
import { useMayManage } from './may-manage.js';

interface Rule {
  readonly companyId: string | null;
  readonly country: string;
  readonly mode: 'never' | 'announced';
  readonly keepDays: number;
}

/** Calls of which countries are recorded, and for how long that is kept. */
export default function Recording() {
  const { t } = useTranslation('centre');
  const say = useWording();
  const mayManage = useMayManage();
  const query = useQuery({
    queryKey: ['recording-rules'],
    queryFn: ({ signal }) => ask('GET /v1/recording-rules', { signal }),
  });
  return (
    <Stack maw={960}>
      <CentreHead part="recording" />
      <Section title={t('rules.title')}>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Text c="dimmed">{t('rules.none')}</Text>
            ) : (
              <Table.ScrollContainer minWidth={320} type="native" tabIndex={0} aria-label={t('rules.title')}>
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('rules.country')}</Table.Th>
                      <Table.Th>{t('rules.mode')}</Table.Th>
                      <Table.Th>{t('rules.keepDays')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map((rule) => (
                      <Table.Tr key={`${rule.companyId} ${rule.country}`} data-rule={rule.country}>
                        <Table.Td>{say.country(rule.country)}</Table.Td>
                        <Table.Td>{t(`rules.${rule.mode}`)}</Table.Td>
                        <Table.Td>{rule.mode === 'never' ? '–' : say.number(rule.keepDays)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            )
          }
        </Loaded>
      </Section>
      {mayManage && <SetRule onSaved={() => void query.refetch()} />}
    </Stack>
  );
}

function SetRule({ onSaved }: { readonly onSaved: () => void }) {
  const { t } = useTranslation('centre');
  const form = useForm({
    initialValues: { country: 'KR', mode: 'announced' as Rule['mode'], keepDays: 30 },
  });
  const saving = useAction(
    ({ country, ...body }: typeof form.values) =>
      ask('PUT /v1/recording-rules/{country}', { path: { country }, body }),
    {
      onSuccess: () => {
        tellDone(t('saved'));
        onSaved();
      },
    },
  );
  return (
    <Section title={t('rules.set')} text={t('rules.setText')}>
      <form onSubmit={form.onSubmit(saving.start)}>
        <Group align="flex-end">
          <CountrySelect
            label={t('rules.country')}
            allowDeselect={false}
            {...form.getInputProps('country')}
          />
          <Select
            label={t('rules.mode')}
            allowDeselect={false}
            data={(['announced', 'never'] as const).map((value) => ({ value, label: t(`rules.${value}`) }))}
            {...form.getInputProps('mode')}
          />
          <NumberInput
            label={t('rules.keepDays')}
            min={1}
            max={3_650}
            allowDecimal={false}
            {...form.getInputProps('keepDays')}
          />
          <Button type="submit" loading={saving.isPending}>
            {t('save')}
          </Button>
        </Group>
        <ProblemAlert error={saving.error} />
      </form>
    </Section>
  );
}
