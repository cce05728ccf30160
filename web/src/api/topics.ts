import { useQueryClient } from '@tanstack/react-query';
import { useLive } from './live.js';

/** An event of a topic, as pages hear it. */
export interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Hears topics of the events stream; `resync` when something may have been missed, and after each connect. */
export function useTopics(topics: string, heard: (event: Told) => void, resync: () => void): void {
  useLive(`/v1/events?topics=${topics}`, {
    events: { message: (data) => heard(data as Told), resync, ready: () => undefined },
    connected: resync,
  });
}

/** Reads anew what was read below these paths whenever one of the topics says that something was changed. */
export function useFresh(topics: string, ...paths: readonly `/${string}`[]): void {
  const client = useQueryClient();
  const refresh = () =>
    void client.invalidateQueries({
      predicate: ({ queryKey: [path] }) => paths.some((begin) => String(path).startsWith(begin)),
    });
  useTopics(topics, refresh, refresh);
}
