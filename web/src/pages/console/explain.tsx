import { Alert, Button, Group, MultiSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useFresh } from '../../api/topics.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded } from '../../shared/states.js';
import { Grid } from './parts.js';
import { Candidates, microsText, ReadingSteps } from './reading.js';

/** What would become of a call, without a call; what is asked stands in the address. */
export default function Explain() {
  const { t } = useTranslation('console');
  const [search, setSearch] = useSearchParams();
  const asked = {
    dialled: search.get('dialled') ?? '',
    from: search.get('from') ?? 'KR:02',
    down: search.get('down') ?? undefined,
    at: search.get('at') ?? undefined,
  };
  return (
    <Stack gap="md">
      <PageHead title={t('explain.title')} text={t('explain.text')} />
      <Question asked={asked} ask={setSearch} />
      {asked.dialled !== '' && <Answer asked={asked} />}
      <Routes />
    </Stack>
  );
}

interface Asked {
  readonly dialled: string;
  readonly from: string;
  readonly down: string | undefined;
  readonly at: string | undefined;
}

function Question({
  asked,
  ask: put,
}: {
  readonly asked: Asked;
  readonly ask: (next: Record<string, string>) => void;
}) {
  const { t } = useTranslation('console');
  const [dialled, setDialled] = useState(asked.dialled);
  const [from, setFrom] = useState(asked.from);
  const [down, setDown] = useState<string[]>(asked.down?.split(',') ?? []);
  const [at, setAt] = useState(asked.at === undefined ? '' : localText(asked.at));
  const trunks = useQuery({
    queryKey: ['/v1/trunks', 'names'],
    queryFn: ({ signal }) => ask('GET /v1/trunks', { query: { limit: 200 }, signal }),
  });
  const submit = () =>
    put({
      dialled: dialled.trim(),
      from: from.trim(),
      ...(down.length === 0 ? {} : { down: down.join(',') }),
      ...(at === '' ? {} : { at: new Date(at).toISOString() }),
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          size="xs"
          flex="1 1 200px"
          label={t('explain.dialled')}
          placeholder="02-6200-6200-082"
          required
          maxLength={200}
          value={dialled}
          onChange={(event) => setDialled(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          flex="1 1 160px"
          label={t('explain.from')}
          description={t('explain.fromHint')}
          required
          maxLength={100}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <MultiSelect
          size="xs"
          flex="1 1 180px"
          label={t('explain.down')}
          data={(trunks.data?.items ?? []).map(({ id }) => id)}
          value={down}
          onChange={setDown}
          clearable
        />
        <TextInput
          size="xs"
          type="datetime-local"
          label={t('explain.at')}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <Button size="xs" type="submit">
          {t('explain.submit')}
        </Button>
      </Group>
    </form>
  );
}

/** What a field for a local time takes. */
function localText(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function Answer({ asked }: { readonly asked: Asked }) {
  const { t } = useTranslation('console');
  const { money } = useFormat();
  const answer = useQuery({
    queryKey: ['/v1/numbers/explain', asked],
    queryFn: ({ signal }) => ask('GET /v1/numbers/explain', { query: { ...asked }, signal }),
  });
  return (
    <Loaded query={answer}>
      {({ verdict, account, price }) => (
        <Stack gap="sm" data-verdict={verdict.kind}>
          <Alert
            variant="light"
            color={verdict.kind === 'connect' ? 'teal' : 'red'}
            title={t(`explain.verdict.${verdict.kind}`, {
              reason: 'reason' in verdict ? (verdict.reason ?? '') : '',
            })}
          >
            <Text size="sm">
              {t('explain.readAs', { reading: account.reading ?? '–', called: account.called ?? '–' })}
            </Text>
            <Text size="sm">
              {price.kind === 'per-minute'
                ? t('explain.price', {
                    amount: money(microsText(price.amount), price.currency),
                    destination: price.destination,
                  })
                : t('explain.noPrice', { because: price.because })}
            </Text>
          </Alert>
          <Section title={t('reading.candidates')}>
            {account.candidates.length === 0 ? (
              <Empty text={t('explain.noWays')} />
            ) : (
              <Candidates candidates={account.candidates} />
            )}
          </Section>
          <Section title={t('reading.steps')}>
            <ReadingSteps steps={account.steps} />
          </Section>
        </Stack>
      )}
    </Loaded>
  );
}

function Routes() {
  const { t } = useTranslation('console');
  const { money } = useFormat();
  useFresh('network', '/v1/routes', '/v1/trunks');
  const routes = usePages('/v1/routes');
  return (
    <Section title={t('routes.title')}>
      <Loaded query={routes}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('routes.none')} />
          ) : (
            <Grid
              label={t('routes.title')}
              minWidth={560}
              head={[
                t('routes.prefix'),
                t('network.trunk'),
                [t('routes.priority'), 'right'],
                [t('routes.weight'), 'right'],
                [t('reading.cost'), 'right'],
                t('state'),
              ]}
            >
              {items.map((route) => (
                <Table.Tr key={route.id}>
                  <Table.Td className="digits">
                    {route.prefix === '' ? t('routes.everywhere') : `+${route.prefix}`}
                  </Table.Td>
                  <Table.Td>{route.trunkId}</Table.Td>
                  <Table.Td ta="right">{route.priority}</Table.Td>
                  <Table.Td ta="right">{route.weight}</Table.Td>
                  <Table.Td ta="right" className="digits">
                    {money(route.cost, route.currency)}
                  </Table.Td>
                  <Table.Td>{t(route.enabled ? 'on' : 'off')}</Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...routes} />
    </Section>
  );
}
