import { Alert, Button, Group, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { download } from '../../shared/download.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';

interface Price {
  readonly prefix: string;
  readonly destination: string;
  readonly perMinute: string;
  readonly connectFee: string;
  readonly first: number;
  readonly next: number;
}
export default function Prices() {
  const { t } = useTranslation('member');
  const { money } = useFormat();
  const [typed, setTyped] = useState('');
  const [prefix, setPrefix] = useState('');
  const prices = useInfiniteQuery({
    queryKey: ['/v1/price-list', prefix],
    queryFn: ({ pageParam, signal }) =>
      ask('GET /v1/price-list', {
        query: { prefix, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const saving = useAction((of: string) => download(`GET /v1/price-list.csv?prefix=${of}`, 'price-list.csv'));
  const perMinute = ({ perMinute: amount }: Price, currency: string) => money(amount, currency);
  return (
    <>
      <PageHead title={t('prices.title')} text={t('prices.text')} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setPrefix(typed.replace(/\D/g, ''));
        }}
      >
        <Group align="flex-end" mb="md">
          <TextInput
            label={t('prices.number')}
            description={t('prices.numberHint')}
            type="tel"
            maxLength={20}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit">{t('prices.look')}</Button>
          <Button variant="default" onClick={() => saving.start(prefix)} loading={saving.isPending}>
            {t('prices.file')}
          </Button>
        </Group>
      </form>
      <ProblemAlert error={saving.error} />
      <Loaded query={prices}>
        {({ pages }) => {
          const [first] = pages;
          const items = pages.flatMap((page) => page.items);
          const currency = first?.currency ?? 'USD';
          return (
            <div aria-live="polite">
              {first?.onNetFree && (
                <Text size="sm" mb="sm">
                  {t('prices.onNet')}
                </Text>
              )}
              {prefix !== '' && first?.applies != null && (
                <Alert variant="light" mb="md" title={`+${prefix}: ${first.applies.destination}`}>
                  {t('prices.applies', {
                    perMinute: perMinute(first.applies, currency),
                    connect: money(first.applies.connectFee, currency),
                    first: first.applies.first,
                    next: first.applies.next,
                  })}
                </Alert>
              )}
              {items.length === 0 ? (
                <Empty text={t('prices.none')} />
              ) : (
                <Table verticalSpacing={6} maw={720} horizontalSpacing="xs">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('prices.destination')}</Table.Th>
                      <Table.Th ta="right">{t('prices.perMinute')}</Table.Th>
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
