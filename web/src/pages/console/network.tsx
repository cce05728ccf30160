import { Anchor, Group, Paper, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ask } from '../../api/http.js';
import { useFresh } from '../../api/topics.js';
import { useFormat } from '../../shared/format.js';
import { PageHead } from '../../shared/page-head.js';
import { Empty, Loaded } from '../../shared/states.js';
import { useExact } from './clock.js';
import { Grid, HealthBadge } from './parts.js';
import { healthOf, type TrunkNow } from './trunks.js';

const PATH = '/v1/trunk-health';
const WorldMap = lazy(() => import('./world-map.js'));

/** Where our ways out are and how they fare, as a picture and as a table that says the same. */
export default function Network() {
  const { t } = useTranslation('console');
  const trunks = useQuery({
    queryKey: [PATH],
    queryFn: ({ signal }) => ask(`GET ${PATH}`, { signal }),
  });
  const centres = useQuery({
    queryKey: ['/v1/centres', 'all'],
    queryFn: ({ signal }) => ask('GET /v1/centres', { query: { limit: 200 }, signal }),
  });
  useFresh('trunks,calls,network', PATH, '/v1/centres');
  return (
    <Stack gap="sm">
      <PageHead title={t('network.title')} />
      <Loaded query={trunks}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('network.none')} />
          ) : (
            <>
              <Paper withBorder p={4}>
                <Suspense fallback={<Skeleton h={{ base: 160, sm: 360 }} data-loading />}>
                  <WorldMap trunks={items} centres={centres.data?.items ?? []} />
                </Suspense>
                <Group gap="sm" px="xs" pb={4}>
                  {(['closed', 'half-open', 'open', 'disabled'] as const).map((state) => (
                    <HealthBadge key={state} state={state} />
                  ))}
                  <Text size="xs" c="dimmed">
                    {t('network.legend')}
                  </Text>
                </Group>
              </Paper>
              <TrunkTable trunks={items} />
            </>
          )
        }
      </Loaded>
    </Stack>
  );
}

function TrunkTable({ trunks }: { readonly trunks: readonly TrunkNow[] }) {
  const { t, i18n } = useTranslation('console');
  const { country } = useFormat();
  const exact = useExact();
  const percent = new Intl.NumberFormat(i18n.resolvedLanguage ?? 'en', { style: 'percent' });
  return (
    <Grid
      label={t('network.table')}
      minWidth={860}
      head={[
        t('network.trunk'),
        t('country'),
        t('network.health'),
        t('network.since'),
        [t('network.now'), 'right'],
        [t('network.day'), 'right'],
        [t('network.rate'), 'right'],
        t('network.lastFailure'),
      ]}
    >
      {trunks.map((trunk) => (
        <Table.Tr key={trunk.id} data-trunk={trunk.id}>
          <Table.Td>
            <Anchor component={Link} to={`/console/network/${trunk.id}`} size="sm" fw={600}>
              {trunk.id}
            </Anchor>
            <Text size="xs" c="dimmed">
              {trunk.name} · {t(`network.kind.${trunk.kind}`)}
            </Text>
          </Table.Td>
          <Table.Td>{country(trunk.country)}</Table.Td>
          <Table.Td>
            <HealthBadge state={healthOf(trunk)} />
          </Table.Td>
          <Table.Td className="digits">{trunk.since === null ? '–' : exact(trunk.since)}</Table.Td>
          <Table.Td ta="right" className="digits">
            {trunk.callsNow}
          </Table.Td>
          <Table.Td ta="right" className="digits">
            {trunk.offered}
          </Table.Td>
          <Table.Td ta="right" className="digits">
            {trunk.offered === 0 ? '–' : percent.format(trunk.answered / trunk.offered)}
          </Table.Td>
          <Table.Td>
            {trunk.lastFailure === null ? (
              '–'
            ) : (
              <Anchor
                component={Link}
                to={`/console/calls/${trunk.lastFailure.callId}`}
                size="sm"
                className="digits"
              >
                {exact(trunk.lastFailure.at)} · {trunk.lastFailure.sip ?? '–'}/{trunk.lastFailure.q850}
              </Anchor>
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </Grid>
  );
}
