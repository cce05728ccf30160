import { Badge, Button, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, type Schemas } from '../api/http.js';
import { useAction } from '../shared/action.js';
import { useFormat } from '../shared/format.js';
import { More } from '../shared/more.js';
import { usePages } from '../shared/pages.js';
import { Section } from '../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../shared/states.js';

type Delivery = Schemas['DeliveryView'];
const colours = { waiting: 'yellow', delivered: 'teal', failed: 'red' } as const;

/** What one server was told in the last 30 days, newest first, and what it answered. */
export function Deliveries({ webhookId }: { readonly webhookId: string }) {
  const { t } = useTranslation('webhooks');
  const client = useQueryClient();
  const path = `/v1/webhooks/${webhookId}/deliveries` as const;
  const deliveries = usePages(path);
  return (
    <Section title={t('deliveries')} text={t('deliveriesText')}>
      <Loaded query={deliveries}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('noDeliveries')} />
          ) : (
            <Table.ScrollContainer
              minWidth={760}
              type="native"
              tabIndex={0}
              role="region"
              aria-label={t('deliveries')}
            >
              <Table fz="sm" verticalSpacing={6} horizontalSpacing="xs">
                <Table.Thead>
                  <Table.Tr>
                    {['state', 'what', 'when', 'attempts', 'answer', 'next'].map((name) => (
                      <Table.Th key={name} style={{ whiteSpace: 'nowrap' }}>
                        {t(`head.${name}`)}
                      </Table.Th>
                    ))}
                    {/* What is hidden in it is laid out in it, not beyond the page's edge. */}
                    <Table.Th pos="relative">
                      <span className="visually-hidden">{t('again')}</span>
                    </Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((one) => (
                    <Line
                      key={one.id}
                      delivery={one}
                      path={path}
                      refresh={() => void client.invalidateQueries({ queryKey: [path] })}
                    />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Loaded>
      <More {...deliveries} />
    </Section>
  );
}

function Line({
  delivery: { id, event, messageId, state, attempts, lastStatus, lastError, nextAt, createdAt },
  path,
  refresh,
}: {
  readonly delivery: Delivery;
  readonly path: `/v1/webhooks/${string}/deliveries`;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('webhooks');
  const { moment } = useFormat();
  const sending = useAction((_: 'again', key) => ask(`POST ${path}/${id}/attempts`, { key }), {
    onSuccess: refresh,
  });
  return (
    <Table.Tr data-delivery={state}>
      <Table.Td>
        <Badge radius="sm" variant="light" color={colours[state]}>
          {t(`delivery.${state}`)}
        </Badge>
      </Table.Td>
      <Table.Td>
        {t(`event.${event}`)}
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {messageId}
        </Text>
      </Table.Td>
      <Table.Td className="digits">{moment(createdAt)}</Table.Td>
      <Table.Td className="digits">{attempts}</Table.Td>
      <Table.Td>
        {lastStatus ?? '–'}
        {lastError !== null && <Text size="xs">{lastError}</Text>}
      </Table.Td>
      <Table.Td className="digits">{nextAt === null ? '–' : moment(nextAt)}</Table.Td>
      <Table.Td ta="right">
        <Button
          size="compact-xs"
          variant="light"
          loading={sending.isPending}
          onClick={() => sending.start('again')}
        >
          {t('again')}
        </Button>
        <ProblemAlert error={sending.error} />
      </Table.Td>
    </Table.Tr>
  );
}
