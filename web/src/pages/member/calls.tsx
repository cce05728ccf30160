import { Badge, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import { MemberPage } from './member-page.js';

interface Call {
  readonly id: string;
  readonly dialled: string;
  readonly called: string | null;
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly reason: string | null;
  /** Null: not rated yet, or free of charge by nature. */
  readonly cost: {
    readonly amount: string;
    readonly currency: string;
    readonly destination: string | null;
  } | null;
}

export default function Calls() {
  const { t } = useTranslation('member');
  return (
    <MemberPage title={t('calls.title')} text={t('calls.text')}>
      {(memberId) => <CallList memberId={memberId} />}
    </MemberPage>
  );
}

function CallList({ memberId }: { readonly memberId: string }) {
  const { t } = useTranslation('member');
  const calls = usePages<Call>(`/v1/members/${memberId}/calls`);
  return (
    <>
      <Loaded query={calls}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('calls.none')} />
          ) : (
            <Table verticalSpacing="xs" horizontalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('calls.to')}</Table.Th>
                  <Table.Th ta="right">{t('calls.length')}</Table.Th>
                  <Table.Th ta="right">{t('calls.cost')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((call) => (
                  <CallRow key={call.id} call={call} />
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      <More {...calls} />
    </>
  );
}

function CallRow({ call }: { readonly call: Call }) {
  const { t } = useTranslation('member');
  const { moment, money, seconds } = useFormat();
  const { answeredAt, endedAt, startedAt, dialled, cost } = call;
  const talked =
    answeredAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(answeredAt)) / 1_000;
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600} className="digits" style={{ overflowWrap: 'anywhere' }}>
          {dialled}
        </Text>
        <Text size="sm" c="dimmed">
          {moment(startedAt)}
          {cost?.destination != null && ` · ${cost.destination}`}
        </Text>
      </Table.Td>
      <Table.Td ta="right" className="digits">
        {talked !== null ? (
          seconds(talked)
        ) : endedAt === null ? (
          <Badge variant="light">{t('calls.open')}</Badge>
        ) : (
          t('calls.unanswered')
        )}
      </Table.Td>
      <Table.Td ta="right" className="digits">
        {cost === null ? (talked === null ? '–' : t('calls.noCost')) : money(cost.amount, cost.currency)}
      </Table.Td>
    </Table.Tr>
  );
}
