import { Button, Group, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { PageHead } from '../../shared/page-head.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { useUnchanged } from '../../shared/unchanged.js';
import type { ApprovalRule } from './catalogue-contract.js';
import { RuleCard } from './rule-card.js';
import { NEW_RULE, numbered, swapped } from './rule-order.js';

const PATH = '/v1/shop/rules';
/** By which rules requests are decided without a person, in order; and how long things may take. */
export default function RulesPage() {
  const { t } = useTranslation('ops');
  const rules = useQuery({
    queryKey: [PATH],
    queryFn: ({ signal }) => ask('GET /v1/shop/rules', { signal }),
    structuralSharing: false,
  });
  return (
    <Stack maw={960}>
      <PageHead title={t('rules.title')} text={t('rules.text')} />
      <Loaded query={rules}>{(found) => <RuleEditor key={JSON.stringify(found)} read={found} />}</Loaded>
      <Times />
    </Stack>
  );
}

function RuleEditor({ read }: { readonly read: { readonly rules: readonly ApprovalRule[] } }) {
  const { t } = useTranslation(['ops', 'app']);
  const client = useQueryClient();
  const { ifMatch, saved } = useUnchanged(read);
  const [rules, setRules] = useState(read.rules);
  const saving = useAction(
    (wanted: readonly ApprovalRule[]) =>
      ask('PUT /v1/shop/rules', { body: { rules: numbered(wanted) }, ifMatch }),
    {
      onSuccess: (after) => {
        saved(after);
        tellDone(t('app:saved'));
        client.setQueryData([PATH], after);
      },
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.start(rules);
      }}
    >
      <Stack>
        {rules.length === 0 && <Empty text={t('rules.none')} />}
        {rules.map((rule, index) => (
          <RuleCard
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
            key={index}
            rule={rule}
            place={index + 1}
            last={index === rules.length - 1}
            onChange={(changed) => setRules(rules.map((one, at) => (at === index ? changed : one)))}
            onMove={(to) => setRules(swapped(rules, index, to))}
            onRemove={() => setRules(rules.filter((_, at) => at !== index))}
          />
        ))}
        <Text size="sm" c="dimmed">
          {t('rules.else')}
        </Text>
        <ProblemAlert error={saving.error} />
        <Group>
          <Button variant="default" onClick={() => setRules([...rules, NEW_RULE])}>
            {t('rules.add')}
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={rules === read.rules}>
            {t('rules.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const SETTINGS = '/v1/shop/settings';

function Times() {
  const { t } = useTranslation('ops');
  const settings = useQuery({
    queryKey: [SETTINGS],
    queryFn: ({ signal }) => ask('GET /v1/shop/settings', { signal }),
  });
  return (
    <Section title={t('times.title')} text={t('times.text')}>
      <Loaded query={settings}>{(found) => <TimesForm key={JSON.stringify(found)} saved={found} />}</Loaded>
    </Section>
  );
}

function TimesForm({ saved }: { readonly saved: Readonly<Record<string, number>> }) {
  const { t, i18n } = useTranslation(['ops', 'app']);
  const client = useQueryClient();
  const [values, setValues] = useState(saved);
  const saving = useAction(
    async (wanted: Readonly<Record<string, number>>) => {
      for (const [name, value] of Object.entries(wanted)) {
        if (value !== saved[name])
          await ask('PUT /v1/shop/settings/{name}', { path: { name }, body: { value } });
      }
    },
    {
      onSuccess: () => {
        tellDone(t('app:saved'));
        void client.invalidateQueries({ queryKey: [SETTINGS] });
      },
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.start(values);
      }}
    >
      <Stack>
        <SimpleGrid cols={{ base: 2, md: 3 }} spacing="sm" style={{ alignItems: 'end' }}>
          {Object.entries(values).map(([name, value]) => (
            <NumberInput
              key={name}
              label={i18n.exists(`times.${name}`, { ns: 'ops' }) ? t(`times.${name}`) : name}
              min={0}
              max={200_000}
              allowDecimal={false}
              value={value}
              onChange={(typed) => setValues({ ...values, [name]: Number(typed) || 0 })}
            />
          ))}
        </SimpleGrid>
        <ProblemAlert error={saving.error} />
        <div>
          <Button type="submit" loading={saving.isPending} disabled={values === saved}>
            {t('app:save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
