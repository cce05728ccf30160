import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, type Page } from '../../api/http.js';
import { clockOf, useWording } from '../../customers/texts.js';
import { Empty, Loading, ProblemAlert } from '../../shared/states.js';

interface Recording {
  readonly id: string;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly country: string;
  readonly deletedAt: string | null;
}

/** Recorded talks, newest first; heard one at a time. */
export function Recordings() {
  const { t } = useTranslation('supervision');
  const say = useWording();
  const [heard, hear] = useState<string | undefined>(undefined);
  const query = useInfiniteQuery({
    queryKey: ['recordings'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask<Page<Recording>>('GET /v1/call-recordings', { query: { cursor: pageParam, limit: 50 }, signal }),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  if (query.error !== null) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading />;
  const items = query.data.pages.flatMap((page) => page.items).filter(({ deletedAt }) => deletedAt === null);
  if (items.length === 0) return <Empty text={t('noRecordings')} />;
  return (
    <Stack>
      {items.map((one) => (
        <Group key={one.id} justify="space-between">
          <Text>
            {say.time(one.startedAt)} · {say.country(one.country)} · {clockOf((one.durationMs ?? 0) / 1_000)}
          </Text>
          {heard === one.id ? (
            // biome-ignore lint/a11y/useMediaCaption: a recorded talk has no captions
            <audio
              controls
              autoPlay
              src={`/v1/call-recordings/${one.id}/audio`}
              aria-label={say.time(one.startedAt)}
            />
          ) : (
            <Button variant="default" onClick={() => hear(one.id)}>
              {t('hear')}
            </Button>
          )}
        </Group>
      ))}
      {query.hasNextPage && (
        <Button
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}
