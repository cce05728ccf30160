import { Badge, Group, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CaseList } from './case-list.js';
import { MailForm } from './mail-form.js';
import { NoteForm } from './note-form.js';
import { clockOf, useWording } from './texts.js';
import type { Customer } from './types.js';

/** Everything of one customer that whoever talks with him wants to see, and what can be done for him. */
export function CustomerPanel({
  customer,
  callId,
}: {
  readonly customer: Customer;
  readonly callId?: string | undefined;
}) {
  return (
    <Stack>
      <CustomerFacts customer={customer} />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <NoteForm customer={customer} callId={callId} />
        <CaseList customer={customer} callId={callId} />
        <PastCalls customer={customer} />
        <MailForm key={customer.id} customer={customer} />
      </SimpleGrid>
    </Stack>
  );
}

export function CustomerFacts({ customer }: { readonly customer: Customer }) {
  const { t } = useTranslation('desk');
  const say = useWording();
  const { satisfaction, money, orders } = customer;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('customer.title')} data-customer={customer.id}>
      <Group justify="space-between" align="flex-start">
        <Stack gap={2}>
          <Title order={2} size="h3">
            {customer.name ?? t('customer.unknown')}
          </Title>
          {customer.numbers.map(({ number, shown }) => (
            <Text key={number} ff="monospace">
              {shown}
            </Text>
          ))}
        </Stack>
        <Group gap="xs">
          <Badge variant="light">{say.country(customer.country)}</Badge>
          <Badge variant="light" color="grape">
            {say.language(customer.language)}
          </Badge>
          <Badge variant="light" color="gray">
            {t(customer.member === null ? 'customer.noMember' : 'customer.member')}
          </Badge>
        </Group>
      </Group>
      <SimpleGrid cols={{ base: 2, md: 4 }} mt="md" component="dl" m={0}>
        <Fact name={t('customer.calls')} value={say.number(customer.callCount)} />
        <Fact
          name={t('customer.satisfaction')}
          value={
            satisfaction.average === null
              ? '–'
              : `${say.number(satisfaction.average, 1)} / 5 (${satisfaction.count})`
          }
        />
        <Fact name={t('customer.mail')} value={customer.email ?? '–'} />
        {money !== null && <Fact name={t('customer.balance')} value={`${money.credit} ${money.currency}`} />}
        {money !== null && money.openInvoices.length > 0 && (
          <Fact
            name={t('customer.openInvoices')}
            value={money.openInvoices
              .map(({ number, open }) => `${number}: ${open} ${money.currency}`)
              .join(', ')}
          />
        )}
        {orders !== null && orders.length > 0 && (
          <Fact
            name={t('customer.orders')}
            value={orders.map(({ what, state }) => `${what} (${state})`).join(', ')}
          />
        )}
      </SimpleGrid>
    </Paper>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
        {value}
      </Text>
    </div>
  );
}

function PastCalls({ customer }: { readonly customer: Customer }) {
  const { t } = useTranslation('desk');
  const say = useWording();
  return (
    <Paper withBorder p="md" component="section" aria-label={t('calls.title')}>
      <Title order={3} size="h5" mb="xs">
        {t('calls.title')}
      </Title>
      {customer.calls.length === 0 ? (
        <Text c="dimmed">{t('calls.none')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={260} type="native" tabIndex={0} aria-label={t('calls.title')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('calls.at')}</Table.Th>
                <Table.Th>{t('calls.outcome')}</Table.Th>
                <Table.Th>{t('calls.talked')}</Table.Th>
                <Table.Th>{t('calls.score')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {customer.calls.map((call) => (
                <Table.Tr key={call.id}>
                  <Table.Td>{say.time(call.at)}</Table.Td>
                  <Table.Td>{call.disposition ?? t(`outcome.${call.outcome ?? 'open'}`)}</Table.Td>
                  <Table.Td>{clockOf((call.talkedMs ?? 0) / 1_000)}</Table.Td>
                  <Table.Td>{call.score ?? '–'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}
