import { Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useTopics } from '../../api/topics.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import { fits, type Moved, withMoves } from './live-list.js';
import { LiveTable } from './live-table.js';
import { RecentCalls } from './recent-calls.js';

const PATH = '/v1/calls/live';
const SOON_MS = 200;
/** The exchange saves within a second what it has told of: whoever comes in between has missed the one and does not read the other yet. */
const SAVED_MS = 1_500;

export default function Calls() {
  const { t } = useTranslation('console');
  const [search, setSearch] = useSearchParams();
  const recent = search.get('show') === 'recent';
  return (
    <Stack gap="sm">
      <PageHead title={t('calls.title')}>
        <SegmentedControl
          size="xs"
          aria-label={t('calls.show')}
          value={recent ? 'recent' : 'live'}
          onChange={(value) => setSearch(value === 'recent' ? { show: 'recent' } : {})}
          data={[
            { value: 'live', label: t('calls.live') },
            { value: 'recent', label: t('calls.recent') },
          ]}
        />
      </PageHead>
      {recent ? <RecentCalls /> : <Live />}
    </Stack>
  );
}

function Live() {
  const { t } = useTranslation('console');
  const calls = usePages(PATH, { limit: 200 });
  const [moves, setMoves] = useState<ReadonlyMap<string, Moved>>(new Map());
  const [text, setText] = useState('');
  const [state, setState] = useState<string | null>(null);
  const readAnew = useReadAnew();
  useTopics(
    'calls',
    ({ type, data }) => {
      if (type !== 'calls.moved') return;
      const told = data['calls'] as readonly Moved[];
      setMoves((before) => new Map([...before, ...told.map((one) => [one.id, one] as const)]));
      const known = new Set((calls.data ?? []).map(({ id }) => id));
      if (told.some(({ id, state: now }) => now !== 'ended' && !known.has(id))) readAnew();
    },
    () => {
      setMoves(new Map());
      readAnew();
      setTimeout(readAnew, SAVED_MS);
    },
  );
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TextInput
          size="xs"
          flex="1 1 220px"
          label={t('filter')}
          placeholder={t('calls.filterHint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          size="xs"
          w={170}
          clearable
          label={t('state')}
          data={['setting-up', 'ringing', 'talking', 'ending'].map((value) => ({
            value,
            label: t(`callState.${value}`),
          }))}
          value={state}
          onChange={setState}
        />
      </Group>
      <Loaded query={calls}>
        {(all) => {
          const now = withMoves(all, moves);
          const shown = now.filter((call) => fits(call, { text, state }));
          return (
            <>
              <div role="status" aria-live="polite" data-count={now.length}>
                {t('calls.count', { count: shown.length, all: now.length })}
              </div>
              {shown.length === 0 ? (
                <Empty text={t(now.length === 0 ? 'calls.none' : 'calls.noneFits')} />
              ) : (
                <LiveTable calls={shown} />
              )}
            </>
          );
        }}
      </Loaded>
      <More {...calls} />
    </>
  );
}

/** The list anew, once for all that comes within a moment. */
function useReadAnew(): () => void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: [PATH] });
    }, SOON_MS);
  };
}
