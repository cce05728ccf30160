import { useLive } from '../../api/live.js';

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
