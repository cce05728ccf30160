import type { ChannelSnapshot, ChannelState } from './ari.port.js';
import type { CallerID, Channel, DialplanCEP } from './generated/models.js';

/** Something parsed from JSON whose fields carry the vendor's names (checked at compile time) but whose values nobody has checked yet. */
export type Unchecked<T> = { readonly [Key in keyof T]?: unknown };

export const object = <T>(value: unknown): Unchecked<T> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unchecked<T>) : undefined;
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const integer = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

/** Asterisk writes `2026-11-23T13:21:50.950+0000`; its zone lacks the colon that ISO 8601's extended form (and `Date`) wants. */
export function time(value: unknown): Date | undefined {
  const match =
    typeof value === 'string'
      ? /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)([+-]\d\d):?(\d\d)$/.exec(value)
      : null;
  if (match === null) return undefined;
  const date = new Date(`${match[1]}${match[2]}:${match[3]}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Keeps the strings of a list of strings; anything else makes the whole list wrong. */
export function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

const STATES: ReadonlySet<string> = new Set<ChannelState>([
  'Down',
  'Rsrvd',
  'OffHook',
  'Dialing',
  'Ring',
  'Ringing',
  'Up',
  'Busy',
  'Dialing Offhook',
  'Pre-ring',
  'Unknown',
]);

/** A state Asterisk may add later is `Unknown`, so that a new name doesn't cost us the event. */
export function channelState(value: unknown): ChannelState | undefined {
  const name = text(value);
  if (name === undefined) return undefined;
  return STATES.has(name) ? (name as ChannelState) : 'Unknown';
}

/** The channel, or undefined when what a call depends on (id, name, state, creation time) is missing or malformed. */
export function channelSnapshot(value: unknown, inApp: boolean): ChannelSnapshot | undefined {
  const raw = object<Channel>(value);
  const id = text(raw?.id);
  const name = text(raw?.name);
  const state = channelState(raw?.state);
  const createdAt = time(raw?.creationtime);
  if (!id || name === undefined || state === undefined || createdAt === undefined) return undefined;
  const caller = object<CallerID>(raw?.caller);
  const dialplan = object<DialplanCEP>(raw?.dialplan);
  return {
    id,
    name,
    state,
    createdAt,
    callerNumber: text(caller?.number) ?? '',
    callerName: text(caller?.name) ?? '',
    language: text(raw?.language) ?? '',
    context: text(dialplan?.context) ?? '',
    exten: text(dialplan?.exten) ?? '',
    protocolId: text(raw?.protocol_id) ?? '',
    vars: textValues(raw?.channelvars),
    inApp,
  };
}

function textValues(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(object<Record<string, unknown>>(value) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
