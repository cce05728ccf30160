import type { Call } from './domain/call.js';

/** What the exchange tells of itself as it goes: for logs and metrics. */
export interface ExchangeWatch {
  arrived(call: Call): void;
  adopted(call: Call): void;
  moved(before: Call, after: Call): void;
  /** Ended, and its record is safe. */
  over(call: Call): void;
  /** A channel of nobody's was hung up. */
  stranger(channel: string, reason: string): void;
  disconnected(reason: string): void;
  /** A telephone that is watched has registered or is gone. */
  contact(endpoint: string, online: boolean): void;
  looked(outcome: 'done' | 'failed', calls: number, seconds: number): void;
  /** A surprise: the machine threw. The call goes on with its next event. */
  failed(call: Call, error: unknown): void;
}

/** Tells each of them, in this order. */
export function watchedBy(...watches: readonly Partial<ExchangeWatch>[]): ExchangeWatch {
  const tell =
    <Name extends keyof ExchangeWatch>(name: Name) =>
    (...told: Parameters<ExchangeWatch[Name]>): void => {
      for (const watch of watches) {
        const hear = watch[name] as ((...all: typeof told) => void) | undefined;
        hear?.apply(watch, told);
      }
    };
  return {
    arrived: tell('arrived'),
    adopted: tell('adopted'),
    moved: tell('moved'),
    over: tell('over'),
    stranger: tell('stranger'),
    disconnected: tell('disconnected'),
    contact: tell('contact'),
    looked: tell('looked'),
    failed: tell('failed'),
  };
}
