import type { PeerName } from './options.js';

/** What is measured: a system that takes the caller's INVITE and reaches the callee. */
export interface Peer {
  readonly name: PeerName;
  /** Where the callers send to. */
  readonly entrance: { readonly host: string; readonly port: number };
  /** Who calls, in turns; at least one. */
  readonly callers: readonly CallerAccount[];
  /** Where this peer expects the callee. */
  readonly callee: { readonly address: string; readonly port: number };
  /** Its processes by part; PostgreSQL's postmaster stands for all its backends. */
  readonly processes: readonly { readonly part: Part; readonly pid: number }[];
  /** Channels (and, where there are records, open calls) that it still holds; must be 0 after each run. */
  openChannels(): Promise<number>;
  /** Calls recorded as ended so far; undefined where the peer keeps no records. */
  recordedCalls?(): Promise<number>;
  /** Versions of what runs, for the report. */
  readonly versions: Readonly<Record<string, string>>;
}

export const parts = ['asterisk', 'node', 'postgres', 'redis'] as const;
export type Part = (typeof parts)[number];

export interface CallerAccount {
  readonly username: string;
  readonly secret: string;
}

/** Addresses of the bench: loopback addresses of its own, so that its ports meet nobody else's. */
export const callerAddress = '127.0.27.10';
export const calleeAddress = '127.0.27.11';
export const dialplanAddress = '127.0.27.1';
export const naiveAddress = '127.0.27.2';
