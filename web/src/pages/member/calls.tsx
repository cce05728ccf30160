import { Badge, Button, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useFormat } from '../../shared/format.js';
import { IconIn, IconOut, IconPhone } from '../../shared/icons.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import { MemberPage } from './member-page.js';

interface Call {
  readonly id: string;
  readonly direction: 'in' | 'out';
  /** Whom one dialled, or who called; null where he hid. */
  readonly number: string | null;
  readonly called: string | null;
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  /** Null: not rated yet, or free of charge by nature. */
  readonly cost: {
    readonly amount: string;
    readonly currency: string;
    readonly destination: string | null;
  } | null;
}

const SHOWN = ['all', 'in', 'out'] as const;

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
  const [search, setSearch] = useSearchParams();
  const shown = SHOWN.find((one) => one === search.get('show')) ?? 'all';
  const calls = usePages(`/v1/members/${memberId}/calls`, {
    direction: shown === 'all' ? undefined : shown,
  });
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('calls.which')}
        value={shown}
        style={{ alignSelf: 'flex-start' }}
        onChange={(value) =>
          setSearch((before) => {
            before.set('show', value);
            return before;
          })
        }
        data={SHOWN.map((value) => ({ value, label: t(`calls.show.${value}`) }))}
      />
      <Loaded query={calls}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('calls.none')} icon={<IconPhone />}>
              <Button component={Link} to={`/member/devices?member=${memberId}`} variant="light">
                {t('calls.connect')}
              </Button>
            </Empty>
          ) : (
            <Table verticalSpacing="xs" horizontalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('calls.with')}</Table.Th>
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
    </Stack>
  );
}

function CallRow({ call }: { readonly call: Call }) {
  const { t } = useTranslation('member');
  const { moment, money } = useFormat();
  const { startedAt, number, direction, cost } = call;
  const came = direction === 'in';
  return (
    <Table.Tr data-call={direction}>
      <Table.Td>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Text span c="dimmed" pt={2}>
            {came ? <IconIn size={18} /> : <IconOut size={18} />}
          </Text>
          <div>
            <Text fw={600} className="digits" style={{ overflowWrap: 'anywhere' }}>
              <span className="visually-hidden">{t(`calls.${direction}`)} </span>
              {number ?? t('calls.unknown')}
            </Text>
            <Text size="sm" c="dimmed" component="div">
              {moment(startedAt)} · <Outcome call={call} />
              {cost?.destination != null && ` · ${cost.destination}`}
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td ta="right" className="digits">
        {cost !== null
          ? money(cost.amount, cost.currency)
          : came || call.answeredAt === null
            ? '–'
            : t('calls.noCost')}
      </Table.Td>
    </Table.Tr>
  );
}

/** How long was talked; else what became of it. */
function Outcome({ call: { answeredAt, endedAt, direction } }: { readonly call: Call }) {
  const { t } = useTranslation('member');
  const { seconds } = useFormat();
  if (endedAt === null) return <Badge variant="light">{t('calls.open')}</Badge>;
  if (answeredAt !== null) return seconds((Date.parse(endedAt) - Date.parse(answeredAt)) / 1_000);
  if (direction === 'out') return t('calls.unanswered');
  return (
    <Badge variant="light" color="orange" size="sm">
      {t('calls.missed')}
    </Badge>
  );
}
