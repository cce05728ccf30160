import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { type Role, useSession } from '../../api/session.js';
import { clockOf, useWording } from '../../customers/texts.js';
import { Empty, Loading, ProblemAlert } from '../../shared/states.js';

/** Who may hear what was said (policy `call-recordings.listen`); others see that something was recorded. */
const listeners: readonly Role[] = ['company-admin', 'supervisor'];

/** Recorded talks, newest first; heard one at a time. */
export function Recordings() {
  const { t } = useTranslation('supervision');
  const say = useWording();
  const { account } = useSession();
  const mayListen = account?.roles.some((role) => listeners.includes(role)) === true;
  const [heard, hear] = useState<string | undefined>(undefined);
  const query = useInfiniteQuery({
    queryKey: ['recordings'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask('GET /v1/call-recordings', { query: { cursor: pageParam, limit: 50 }, signal }),
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
          <div>
            <Text>
              {say.time(one.startedAt)} · {one.callerNumber ?? '–'} · {clockOf((one.durationMs ?? 0) / 1_000)}
            </Text>
            <Text size="sm" c="dimmed">
              {[say.country(one.country), say.language(one.language), one.queue, one.agent]
                .filter((part) => part !== null)
                .join(' · ')}
            </Text>
          </div>
          {!mayListen ? null : heard === one.id ? (
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
