import { Badge, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useFresh } from '../../api/topics.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { Grid } from './parts.js';

interface Proposal {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly about: string;
  readonly state: string;
  readonly proposedBy: string;
  readonly proposedByEmail: string | null;
  readonly proposedAt: string;
  readonly expiresAt: string;
  readonly decidedByEmail: string | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
}

const PATH = '/v1/proposals';

/** What one person has proposed and a second one decides: payments, price lists. */
export default function Proposals() {
  const { t } = useTranslation('console');
  const { moment } = useFormat();
  const client = useQueryClient();
  useFresh('proposals', PATH);
  const proposals = usePages(PATH);
  const refresh = () => void client.invalidateQueries({ queryKey: [PATH] });
  return (
    <Stack gap="sm">
      <PageHead title={t('proposals.title')} text={t('proposals.text')} />
      <Loaded query={proposals}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('proposals.none')} />
          ) : (
            <Grid
              label={t('proposals.title')}
              minWidth={820}
              head={[t('state'), t('proposals.what'), t('proposals.by'), t('proposals.decided'), '']}
            >
              {items.map((one) => (
                <Table.Tr key={one.id} data-proposal={one.state}>
                  <Table.Td>
                    <Badge radius="sm" variant="light" color={one.state === 'waiting' ? 'yellow' : 'gray'}>
                      {t(`proposals.state.${one.state}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm" fw={600}>
                      {one.about}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {t(`proposals.kind.${one.kind}`)}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {one.proposedByEmail ?? '–'}
                    <Text size="xs" c="dimmed">
                      {moment(one.proposedAt)}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {one.decidedByEmail ?? t('proposals.until', { when: moment(one.expiresAt) })}
                    {one.reason !== null && <Text size="xs">{one.reason}</Text>}
                  </Table.Td>
                  <Table.Td>
                    {one.state === 'waiting' && <Decide proposal={one} refresh={refresh} />}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...proposals} />
    </Stack>
  );
}

function Decide({ proposal, refresh }: { readonly proposal: Proposal; readonly refresh: () => void }) {
  const { t } = useTranslation('console');
  const { account } = useSession();
  const [reason, setReason] = useState('');
  const deciding = useAction(
    (what: 'approval' | 'rejection', key) =>
      ask(`POST ${PATH}/${proposal.id}/${what}`, {
        body: reason.trim() === '' ? {} : { reason: reason.trim() },
        key,
      }),
    { onSuccess: refresh },
  );
  if (account?.roles.includes('approver') !== true) return null;
  if (proposal.proposedBy === account.id)
    return (
      <Text size="xs" c="dimmed">
        {t('proposals.own')}
      </Text>
    );
  return (
    <Stack gap={4}>
      <TextInput
        size="xs"
        aria-label={t('reason')}
        placeholder={t('reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap={4}>
        <Button size="compact-xs" loading={deciding.isPending} onClick={() => deciding.start('approval')}>
          {t('proposals.approve')}
        </Button>
        <Button
          size="compact-xs"
          variant="outline"
          color="red"
          disabled={reason.trim() === ''}
          onClick={() => deciding.start('rejection')}
        >
          {t('proposals.reject')}
        </Button>
      </Group>
      <ProblemAlert error={deciding.error} />
    </Stack>
  );
}
