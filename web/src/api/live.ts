import { useEffect, useRef } from 'react';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export interface LiveListener {
  /** By the event's name; `message` for those without. The data is the parsed JSON. */
  readonly events: Readonly<Record<string, (data: unknown) => void>>;
  /** After each connect, the first one too: what was missed meanwhile has to be read again. */
  readonly connected?: () => void;
  /** The server refuses: who listened may no longer be signed in. It is tried again all the same. */
  readonly refused?: () => void;
}

/** Listens to server-sent events until the returned function is called; connects again by itself, ever more slowly. */
export function listen(path: `/${string}`, { events, connected, refused }: LiveListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  const open = () => {
    source = new EventSource(path);
    source.addEventListener('open', () => {
      wait = FIRST_WAIT_MS;
      connected?.();
    });
    // An EventSource gives up for good on any answer that is not a stream, a restarting proxy's 502 among them.
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      refused?.();
      timer = setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
    for (const [name, take] of Object.entries(events)) {
      source.addEventListener(name, (event: MessageEvent<string>) => take(parsed(event.data)));
    }
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** The same for a component, as long as it is shown; undefined listens to nothing. */
export function useLive(path: `/${string}` | undefined, listener: LiveListener): void {
  const latest = useRef(listener);
  latest.current = listener;
  const names = Object.keys(listener.events).join(' ');
  useEffect(() => {
    if (path === undefined) return undefined;
    return listen(path, {
      events: Object.fromEntries(
        names.split(' ').map((name) => [name, (data: unknown) => latest.current.events[name]?.(data)]),
      ),
      connected: () => latest.current.connected?.(),
      refused: () => latest.current.refused?.(),
    });
  }, [path, names]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
