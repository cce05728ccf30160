import { Alert, Button, Group, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/http.js';
import { useFormat } from './format.js';
import { More } from './more.js';
import { Empty, Loaded } from './states.js';

interface Price {
  readonly prefix: string;
  readonly destination: string;
  readonly perMinute: string;
  readonly connectFee: string;
  readonly first: number;
  readonly next: number;
}
/** Prices of calls by prefix, searchable: from whichever route tells them. */
export function PriceTable({
  path,
  query = {},
  actions,
}: {
  readonly path: '/v1/price-list' | '/v1/shop/tariff';
  readonly query?: Readonly<Record<string, string>>;
  /** What else can be done with the prefix that was looked up. */
  readonly actions?: (prefix: string) => ReactNode;
}) {
  const { t } = useTranslation('prices');
  const { money } = useFormat();
  const [typed, setTyped] = useState('');
  const [prefix, setPrefix] = useState('');
  const prices = useInfiniteQuery({
    queryKey: [path, query, prefix],
    queryFn: ({ pageParam, signal }) =>
      ask(`GET ${path}`, {
        query: { ...query, prefix, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const perMinute = ({ perMinute: amount }: Price, currency: string) => money(amount, currency);
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setPrefix(typed.replace(/\D/g, ''));
        }}
      >
        <Group align="flex-end" mb="md">
          <TextInput
            label={t('number')}
            description={t('numberHint')}
            type="tel"
            maxLength={20}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit">{t('look')}</Button>
          {actions?.(prefix)}
        </Group>
      </form>
      <Loaded query={prices}>
        {({ pages }) => {
          const [first] = pages;
          const items = pages.flatMap((page) => page.items);
          const currency = first?.currency ?? 'USD';
          return (
            <div aria-live="polite">
              {first?.onNetFree && (
                <Text size="sm" mb="sm">
                  {t('onNet')}
                </Text>
              )}
              {prefix !== '' && first?.applies != null && (
                <Alert variant="light" mb="md" title={`+${prefix}: ${first.applies.destination}`}>
                  {t('applies', {
                    perMinute: perMinute(first.applies, currency),
                    connect: money(first.applies.connectFee, currency),
                    first: first.applies.first,
                    next: first.applies.next,
                  })}
                </Alert>
              )}
              {items.length === 0 ? (
                <Empty text={t('none')} />
              ) : (
                <Table verticalSpacing={6} maw={720} horizontalSpacing="xs">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('destination')}</Table.Th>
                      <Table.Th ta="right">{t('perMinute')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map((price) => (
                      <Table.Tr key={price.prefix}>
                        <Table.Td>
                          {price.destination}{' '}
                          <Text span size="sm" c="dimmed" className="digits">
                            +{price.prefix}
                          </Text>
                        </Table.Td>
                        <Table.Td ta="right" className="digits">
                          {perMinute(price, currency)}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )}
            </div>
          );
        }}
      </Loaded>
      <More
        more={prices.hasNextPage ? () => void prices.fetchNextPage() : undefined}
        loadingMore={prices.isFetchingNextPage}
      />
    </>
  );
}
