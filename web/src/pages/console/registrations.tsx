import { Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useTopics } from '../../api/topics.js';
import { More } from '../../shared/more.js';
import { tellDone } from '../../shared/notify.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import { lasting, useExact, useNow } from './clock.js';
import { Grid, ReasonButton } from './parts.js';

const PATH = '/v1/registrations';
const TYPED_MS = 250;

/** Which telephones can be rung now. */
export default function Registrations() {
  const { t } = useTranslation('console');
  const exact = useExact();
  const now = useNow();
  const client = useQueryClient();
  const { account } = useSession();
  const acts = account?.roles.includes('operator') === true;
  const [search, setSearch] = useSearchParams();
  const text = search.get('search') ?? '';
  const [wanted] = useDebouncedValue(text.trim(), TYPED_MS);
  const found = usePages(PATH, { search: wanted === '' ? undefined : wanted });
  const refresh = () => void client.invalidateQueries({ queryKey: [PATH] });
  useTopics('registrations', refresh, refresh);
  return (
    <Stack gap="sm">
      <PageHead title={t('registrations.title')} />
      <TextInput
        size="xs"
        maw={360}
        label={t('filter')}
        placeholder={t('registrations.hint')}
        value={text}
        onChange={(event) =>
          setSearch(event.currentTarget.value === '' ? {} : { search: event.currentTarget.value }, {
            replace: true,
          })
        }
      />
      <Loaded query={found}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t(wanted === '' ? 'registrations.none' : 'registrations.noneFits')} />
          ) : (
            <Grid
              label={t('registrations.title')}
              minWidth={900}
              head={[
                t('registrations.account'),
                t('registrations.member'),
                t('registrations.address'),
                t('registrations.agent'),
                t('registrations.since'),
                [t('registrations.expires'), 'right'],
                ...(acts ? [''] : []),
              ]}
            >
              {items.map((one) => (
                <Table.Tr key={`${one.node}${one.contact}`} data-registration={one.username}>
                  <Table.Td>
                    <Text size="sm" fw={600} className="digits">
                      {one.username}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {one.device ?? '–'}
                    </Text>
                  </Table.Td>
                  <Table.Td>{one.member?.name ?? '–'}</Table.Td>
                  <Table.Td className="digits" title={one.uri}>
                    {one.address ?? '–'}
                  </Table.Td>
                  <Table.Td>{one.userAgent ?? '–'}</Table.Td>
                  <Table.Td className="digits">{exact(one.since)}</Table.Td>
                  <Table.Td ta="right" className="digits">
                    {lasting(Date.parse(one.expiresAt) - now)}
                  </Table.Td>
                  {acts && (
                    <Table.Td ta="right">
                      <ReasonButton
                        label={t('registrations.end')}
                        question={t('registrations.question', { username: one.username })}
                        act={(reason, key) =>
                          ask('POST /v1/registrations/end', {
                            body: { node: one.node, contact: one.contact, reason },
                            key,
                          })
                        }
                        done={() => tellDone(t('registrations.done'))}
                      />
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...found} />
    </Stack>
  );
}
