import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useLive } from '../../api/live.js';
import { useAction } from '../../shared/action.js';
import { Facts } from '../../shared/facts.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { tellDone } from '../../shared/notify.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { useSaleWarnings } from '../../shared/sale-warnings.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { type Approval, titleOf } from './shop-order.js';

const PATH = '/v1/shop/approvals';

export default function Approvals() {
  const { t } = useTranslation('ops');
  const client = useQueryClient();
  const refresh = () => void client.invalidateQueries({ queryKey: [PATH] });
  const approvals = usePages(PATH);
  useLive('/v1/events?topics=shop-orders', { events: { message: refresh, resync: refresh } });
  return (
    <Stack maw={840}>
      <PageHead title={t('approvals.title')} text={t('approvals.text')} />
      <div aria-live="polite">
        <Loaded query={approvals}>
          {(items) =>
            items.length === 0 ? (
              <Empty text={t('approvals.none')} />
            ) : (
              <Stack>
                {items.map((approval) => (
                  <Waiting key={approval.id} approval={approval} refresh={refresh} />
                ))}
              </Stack>
            )
          }
        </Loaded>
      </div>
      <More {...approvals} />
    </Stack>
  );
}

function Waiting({ approval, refresh }: { readonly approval: Approval; readonly refresh: () => void }) {
  const { t } = useTranslation('ops');
  const { moment, money, country } = useFormat();
  const wordsOf = useSaleWarnings();
  const [reason, setReason] = useState('');
  const decide = (decision: 'approval' | 'rejection') => (because: string, key: string) =>
    ask(`POST ${PATH}/${approval.id}/${decision}`, { body: { reason: because }, key });
  const approving = useAction(decide('approval'), {
    onSuccess: () => {
      tellDone(t('approvals.approved', { number: titleOf(approval) }));
      refresh();
    },
  });
  const rejecting = useAction(decide('rejection'), {
    onSuccess: () => {
      tellDone(t('approvals.rejected', { number: titleOf(approval) }));
      refresh();
    },
  });
  const title = titleOf(approval);
  return (
    <Paper withBorder p="md" component="article" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h4" className="digits">
          {title}
        </Title>
        <Facts
          facts={[
            [t('holder'), approval.application?.name ?? '–'],
            [t('kind'), t(`kind.${approval.holderKind}`)],
            [t('country'), country(approval.country)],
            [t('contact'), `${approval.contact ?? '–'} ${approval.proved ? `(${t('proved')})` : ''}`],
            [t('total'), money(approval.price.total, approval.price.currency)],
            [t('waitsSince'), moment(approval.waitsSince)],
          ]}
        />
        {approval.why !== null && <Text size="sm">{approval.why}</Text>}
        {wordsOf(approval.warnings ?? []).map((text) => (
          <Text key={text} size="sm" c="dimmed">
            {text}
          </Text>
        ))}
        <TextInput
          label={t('reason')}
          description={t('reasonHint')}
          maxLength={300}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemAlert error={approving.error ?? rejecting.error} />
        <Group>
          <Button
            disabled={reason.trim() === ''}
            loading={approving.isPending}
            onClick={() => approving.start(reason.trim())}
          >
            {t('approve')}
          </Button>
          <Button
            color="red"
            variant="outline"
            disabled={reason.trim() === ''}
            loading={rejecting.isPending}
            onClick={() => rejecting.start(reason.trim())}
          >
            {t('reject')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
