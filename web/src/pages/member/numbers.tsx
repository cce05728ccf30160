import { Badge, Button, Group, Paper, Stack, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { Facts } from '../../shared/facts.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { keyOf } from './number-key.js';
import { Transfers } from './transfers.js';

interface Contract {
  readonly id: string;
  readonly orderId: string;
  readonly shown: string;
  readonly state: 'active' | 'ending' | 'overdue' | 'suspended' | 'ended' | 'transferred';
  readonly interval: 'month' | 'year';
  readonly paidThrough: string | null;
  readonly endsOn: string | null;
  readonly fee: string;
  readonly currency: string;
}

const PATH = '/v1/number-contracts';

export default function Numbers() {
  const { t } = useTranslation('member');
  const contracts = usePages(PATH);
  return (
    <Stack maw={960}>
      <PageHead title={t('numbers.title')} text={t('numbers.text')} />
      <Loaded query={contracts}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('numbers.none')}>
              <Button component={Link} to="/shop/personal">
                {t('getNumber')}
              </Button>
            </Empty>
          ) : (
            items.map((contract) => <NumberCard key={contract.id} contract={contract} />)
          )
        }
      </Loaded>
      <More {...contracts} />
      <Transfers />
    </Stack>
  );
}

function NumberCard({ contract }: { readonly contract: Contract }) {
  const { t } = useTranslation('member');
  const { money, date } = useFormat();
  const client = useQueryClient();
  const [to, setTo] = useState('');
  const refresh = () => void client.invalidateQueries({ queryKey: [PATH] });
  const ending = useAction(
    (_: string, key) =>
      ask('POST /v1/number-contracts/{id}/ending', {
        path: { id: contract.id },
        body: { reason: t('numbers.endReason') },
        key,
      }),
    { onSuccess: refresh },
  );
  const resuming = useAction(
    (_: string, key) => ask('POST /v1/number-contracts/{id}/resumption', { path: { id: contract.id }, key }),
    {
      onSuccess: refresh,
    },
  );
  const offering = useAction(
    (email: string, key) =>
      ask('POST /v1/number-contracts/{id}/transfers', {
        path: { id: contract.id },
        body: { to: email, reason: t('numbers.transferReason') },
        key,
      }),
    { onSuccess: () => void client.invalidateQueries({ queryKey: ['/v1/number-transfers'] }) },
  );
  const { shown, state, interval, fee, currency, paidThrough, endsOn } = contract;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h3" className="digits">
            {shown}
          </Title>
          <Badge variant="light" color={state === 'active' ? 'teal' : 'orange'}>
            {t(`contract.${state}`)}
          </Badge>
        </Group>
        <Facts
          facts={[
            [t('numbers.fee'), t(`numbers.fee.${interval}`, { fee: money(fee, currency) })],
            ...(paidThrough === null ? [] : [[t('numbers.paidThrough'), date(paidThrough)] as const]),
            ...(endsOn === null ? [] : [[t('numbers.endsOn'), date(endsOn)] as const]),
          ]}
        />
        <ProblemAlert error={resuming.error} />
        <Group gap="xs">
          <Button
            component={Link}
            to={`/shop/orders/${contract.orderId}`}
            variant="default"
            size="compact-sm"
          >
            {t('numbers.order')}
          </Button>
          <Button
            component={Link}
            to={`/member/numbers/${encodeURIComponent(keyOf(shown))}/page`}
            variant="default"
            size="compact-sm"
          >
            {t('numberPage.webPage')}
          </Button>
          {state === 'ending' && (
            <Button size="compact-sm" onClick={() => resuming.start('')} loading={resuming.isPending}>
              {t('numbers.resume')}
            </Button>
          )}
          {(state === 'active' || state === 'overdue') && (
            <>
              <ConfirmButton
                color="blue"
                label={t('numbers.transfer')}
                question={t('numbers.transferQuestion')}
                error={offering.error}
                onConfirm={(close) => {
                  offering.start(to.trim());
                  close();
                }}
              >
                <TextInput
                  label={t('numbers.transferTo')}
                  type="email"
                  value={to}
                  onChange={(event) => setTo(event.currentTarget.value)}
                />
              </ConfirmButton>
              <ConfirmButton
                label={t('numbers.end')}
                question={t('numbers.endQuestion')}
                error={ending.error}
                onConfirm={(close) => {
                  ending.start('');
                  close();
                }}
              />
            </>
          )}
        </Group>
        <ProblemAlert error={offering.error ?? ending.error} />
      </Stack>
    </Paper>
  );
}
