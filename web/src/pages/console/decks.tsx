import { Anchor, Stack, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ask } from '../../api/http.js';
import { useFresh } from '../../api/topics.js';
import { PageHead } from '../../shared/page-head.js';
import { Empty, Loaded } from '../../shared/states.js';
import { Grid } from './parts.js';

const PATH = '/v1/rate-decks';

/** What we sell at, and what carriers ask. */
export default function Decks() {
  const { t } = useTranslation('console');
  useFresh('rate-decks', PATH);
  const decks = useQuery({
    queryKey: [PATH],
    queryFn: ({ signal }) => ask(`GET ${PATH}`, { signal }),
  });
  return (
    <Stack gap="sm">
      <PageHead title={t('decks.title')} />
      <Loaded query={decks}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('decks.none')} />
          ) : (
            <Grid
              label={t('decks.title')}
              minWidth={480}
              head={[t('decks.name'), t('decks.direction'), t('decks.currency')]}
            >
              {items.map((deck) => (
                <Table.Tr key={deck.id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/console/rate-decks/${deck.id}`} size="sm" fw={600}>
                      {deck.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{t(`decks.${deck.direction}`)}</Table.Td>
                  <Table.Td>{deck.currency}</Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
    </Stack>
  );
}
