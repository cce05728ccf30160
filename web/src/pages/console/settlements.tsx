import { Anchor, Badge, Select, Stack, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useFresh } from '../../api/topics.js';
import { useFormat } from '../../shared/format.js';
import { PageHead } from '../../shared/page-head.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded } from '../../shared/states.js';
import { Grid } from './parts.js';
import { settlementColours } from './settlement-types.js';

/** Carriers' fees, period by period, from their statement to the money; and what the night's checks of the ledger found. */
export default function Settlements() {
  const { t } = useTranslation('console');
  const [search, setSearch] = useSearchParams();
  const { account } = useSession();
  // Whoever approves payments does not run the ledger.
  const books = account?.roles.some((role) => role === 'operator' || role === 'finance') === true;
  useFresh(books ? 'settlements,billing-checks' : 'settlements', '/v1/settlements', '/v1/billing-checks');
  const carriers = useQuery({
    queryKey: ['/v1/carrier-accounts'],
    queryFn: ({ signal }) => ask('GET /v1/carrier-accounts', { query: { limit: 200 }, signal }),
  });
  return (
    <Stack gap="md">
      <PageHead title={t('settlements.title')} />
      <Loaded query={carriers}>
        {({ items }) => {
          const carrierId = search.get('carrier') ?? items[0]?.id;
          return items.length === 0 || carrierId === undefined ? (
            <Empty text={t('settlements.noCarriers')} />
          ) : (
            <>
              <Select
                size="xs"
                maw={320}
                label={t('settlements.carrier')}
                allowDeselect={false}
                data={items.map(({ id, name }) => ({ value: id, label: name }))}
                value={carrierId}
                onChange={(value) => setSearch(value === null ? {} : { carrier: value })}
              />
              <Periods carrierId={carrierId} />
            </>
          );
        }}
      </Loaded>
      {books && <Checks />}
    </Stack>
  );
}

function Periods({ carrierId }: { readonly carrierId: string }) {
  const { t } = useTranslation('console');
  const { money, date } = useFormat();
  const settlements = useQuery({
    queryKey: ['/v1/settlements', carrierId],
    queryFn: ({ signal }) => ask('GET /v1/settlements', { query: { carrierId }, signal }),
  });
  return (
    <Loaded query={settlements}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty text={t('settlements.none')} />
        ) : (
          <Grid
            label={t('settlements.title')}
            minWidth={640}
            head={[
              t('settlements.period'),
              t('state'),
              [t('settlements.ours'), 'right'],
              [t('settlements.theirs'), 'right'],
              [t('settlements.agreed'), 'right'],
            ]}
          >
            {items.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>
                  <Anchor component={Link} to={`/console/settlements/${one.id}`} size="sm">
                    {date(one.from)} – {date(new Date(Date.parse(one.to) - 1).toISOString())}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <Badge radius="sm" variant="light" color={settlementColours[one.state]}>
                    {t(`settlements.state.${one.state}`)}
                  </Badge>
                </Table.Td>
                {[one.ours, one.theirs, one.agreed].map((amount, place) => (
                  <Table.Td key={['ours', 'theirs', 'agreed'][place]} ta="right" className="digits">
                    {amount === null ? '–' : money(amount, one.currency)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Grid>
        )
      }
    </Loaded>
  );
}

function Checks() {
  const { t } = useTranslation('console');
  const { moment } = useFormat();
  const runs = useQuery({
    queryKey: ['/v1/billing-checks'],
    queryFn: ({ signal }) => ask('GET /v1/billing-checks', { query: { limit: 1 }, signal }),
  });
  return (
    <Loaded query={runs}>
      {({ items: [last] }) => (
        <Section
          title={t('home.check')}
          text={last === undefined ? t('home.checkNever') : moment(last.startedAt)}
        >
          {last !== undefined && (
            <Grid
              label={t('home.check')}
              minWidth={420}
              head={[t('settlements.holds'), [t('settlements.findings'), 'right']]}
            >
              {last.results.map(({ name, holds, findings }) => (
                <Table.Tr key={name}>
                  <Table.Td>{holds || name}</Table.Td>
                  <Table.Td ta="right">
                    <Badge radius="sm" variant="light" color={findings === 0 ? 'teal' : 'red'}>
                      {findings}
                    </Badge>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )}
        </Section>
      )}
    </Loaded>
  );
}
