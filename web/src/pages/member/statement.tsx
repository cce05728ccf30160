import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded } from '../../shared/states.js';

/** What came into an account and what went. */
export function Statement({ account, currency }: { readonly account: string; readonly currency: string }) {
  const { t, i18n } = useTranslation('member');
  const { money, moment } = useFormat();
  const entries = usePages(`/v1/accounts/${account}/entries`, { limit: 25 });
  return (
    <Section title={t('statement.title')}>
      <Loaded query={entries}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('statement.none')} />
          ) : (
            <Table verticalSpacing={6} horizontalSpacing="xs">
              <Table.Tbody>
                {items.map(({ postingId, kind, occurredAt, amount }) => (
                  <Table.Tr key={postingId}>
                    <Table.Td>
                      {i18n.exists(`posting.${kind}`, { ns: 'member' }) ? t(`posting.${kind}`) : kind}
                      <Text size="sm" c="dimmed">
                        {moment(occurredAt)}
                      </Text>
                    </Table.Td>
                    <Table.Td ta="right" className="digits">
                      {money(amount, currency)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      <More {...entries} />
    </Section>
  );
}
