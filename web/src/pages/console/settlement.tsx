import { Anchor, Badge, Button, FileInput, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ask, askWithText } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useFresh } from '../../api/topics.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { Facts } from '../../shared/facts.js';
import { useFormat } from '../../shared/format.js';
import { PageHead } from '../../shared/page-head.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { Differences } from './differences.js';
import { type Settlement, settlementColours } from './settlement-types.js';

/** One period of one carrier: statement, differences, decisions, approval by a second person, payment. */
export default function SettlementPage() {
  const { settlementId = '' } = useParams();
  const path = `/v1/settlements/${settlementId}` as const;
  const client = useQueryClient();
  useFresh('settlements', path);
  const settlement = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  const refresh = () => void client.invalidateQueries({ queryKey: [path] });
  return <Loaded query={settlement}>{(found) => <Shown settlement={found} refresh={refresh} />}</Loaded>;
}

function Shown({ settlement, refresh }: { readonly settlement: Settlement; readonly refresh: () => void }) {
  const { t } = useTranslation('console');
  const { money, date } = useFormat();
  const { account } = useSession();
  const { id, state, currency } = settlement;
  const finance = account?.roles.includes('finance') === true;
  const approver = account?.roles.includes('approver') === true;
  const amount = (text: string | null) => (text === null ? '–' : money(text, currency));
  return (
    <Stack gap="md">
      <PageHead
        title={`${settlement.carrierId} · ${date(settlement.from)} – ${date(new Date(Date.parse(settlement.to) - 1).toISOString())}`}
      >
        <Badge radius="sm" size="lg" variant="light" color={settlementColours[state]} data-state={state}>
          {t(`settlements.state.${state}`)}
        </Badge>
      </PageHead>
      <Facts
        facts={[
          [t('settlements.ours'), amount(settlement.ours)],
          [t('settlements.theirs'), amount(settlement.theirs)],
          [t('settlements.agreed'), amount(settlement.agreed)],
          [t('settlements.lines'), `${settlement.matched ?? 0} / ${settlement.statementLines ?? 0}`],
          [
            t('settlements.file'),
            settlement.source === null ? (
              '–'
            ) : (
              <Group key="f" gap="xs">
                <Text size="sm">{settlement.source}</Text>
                {(settlement.badLines ?? 0) > 0 && (
                  <Anchor size="sm" href={`/v1/settlements/${id}/bad-lines.csv`}>
                    {t('decks.bad', { count: settlement.badLines ?? 0 })}
                  </Anchor>
                )}
              </Group>
            ),
          ],
        ]}
      />
      {finance && state === 'open' && <Statement id={id} refresh={refresh} />}
      {state === 'review' && approver && <Approve id={id} refresh={refresh} />}
      {(state === 'approved' || state === 'paying' || state === 'paid') && (
        <Payment id={id} approver={approver} />
      )}
      {state !== 'open' && (
        <Differences id={id} currency={currency} decides={finance && state === 'review'} />
      )}
    </Stack>
  );
}

function Statement({ id, refresh }: { readonly id: string; readonly refresh: () => void }) {
  const { t } = useTranslation('console');
  const [file, setFile] = useState<File | null>(null);
  const importing = useAction(
    async ({ name }: { readonly name: string }, key) => {
      const text = (await file?.text()) ?? '';
      return askWithText(`POST /v1/settlements/${id}/statement`, {
        query: { source: name },
        text,
        type: 'text/csv',
        key,
      });
    },
    { onSuccess: refresh },
  );
  return (
    <Section title={t('settlements.statement')} text={t('settlements.statementText')}>
      <Group align="flex-end">
        <FileInput
          size="xs"
          flex="0 1 320px"
          label={t('decks.file')}
          placeholder={t('decks.choose')}
          accept="text/csv,.csv"
          value={file}
          onChange={setFile}
        />
        <Button
          size="xs"
          disabled={file === null}
          loading={importing.isPending}
          onClick={() => importing.start({ name: file?.name ?? 'upload' })}
        >
          {t('decks.import')}
        </Button>
      </Group>
      <ProblemAlert error={importing.error} />
    </Section>
  );
}

function Approve({ id, refresh }: { readonly id: string; readonly refresh: () => void }) {
  const { t } = useTranslation('console');
  const [basis, setBasis] = useState<string>('lines');
  const approving = useAction(
    (by: string, key) => ask(`POST /v1/settlements/${id}/approval`, { body: { basis: by }, key }),
    {
      onSuccess: refresh,
    },
  );
  return (
    <Section title={t('settlements.approve')} text={t('settlements.approveText')}>
      <Group align="flex-end">
        <Select
          size="xs"
          label={t('settlements.basis')}
          allowDeselect={false}
          data={['lines', 'their-total'].map((value) => ({ value, label: t(`settlements.basis.${value}`) }))}
          value={basis}
          onChange={(value) => setBasis(value ?? 'lines')}
        />
        <ConfirmButton
          size="xs"
          variant="filled"
          color="cyan"
          label={t('settlements.approve')}
          question={t('settlements.approveQuestion')}
          error={approving.error}
          onConfirm={(close) => {
            approving.start(basis);
            close();
          }}
        />
      </Group>
      <ProblemAlert error={approving.error} />
    </Section>
  );
}

function Payment({ id, approver }: { readonly id: string; readonly approver: boolean }) {
  const { t } = useTranslation('console');
  const path = `/v1/settlements/${id}/payment` as const;
  const payment = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  return (
    <Section title={t('settlements.payment')}>
      <Loaded query={payment}>
        {({ state, hasDocument }) => (
          <Group gap="sm">
            <Badge radius="sm" variant="light">
              {t(`settlements.order.${state}`)}
            </Badge>
            {hasDocument && approver && (
              <Anchor size="sm" href={`${path}/document`}>
                {t('settlements.document')}
              </Anchor>
            )}
          </Group>
        )}
      </Loaded>
    </Section>
  );
}
