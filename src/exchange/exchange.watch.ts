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
  looked(outcome: 'done' | 'failed', calls: number, seconds: number): void;
  /** A surprise: the machine threw. The call goes on with its next event. */
  failed(call: Call, error: unknown): void;
}
