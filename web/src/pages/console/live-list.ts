import type { PriceNow } from './call-cost.js';

export interface LiveCall {
  readonly id: string;
  readonly state: string;
  readonly origin: 'member' | 'trunk' | 'order';
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly trunk: { readonly id: string; readonly name: string } | null;
  readonly fromCountry: string | null;
  readonly calling: string | null;
  readonly dialled: string;
  readonly called: string | null;
  readonly toCountry: string | null;
  readonly via: readonly string[];
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly price: PriceNow | null;
  readonly emergency: boolean;
}

/** What an event says of one call. */
export interface Moved {
  readonly id: string;
  readonly state: string;
  readonly answeredAt: number | null;
}

/** The list as it is now: each call as the latest event says, without those that are over. */
export function withMoves(
  calls: readonly LiveCall[],
  moves: ReadonlyMap<string, Moved>,
): readonly LiveCall[] {
  return calls.flatMap((call) => {
    const moved = moves.get(call.id);
    if (moved === undefined) return [call];
    if (moved.state === 'ended') return [];
    const answeredAt = moved.answeredAt === null ? call.answeredAt : new Date(moved.answeredAt).toISOString();
    return [{ ...call, state: moved.state, answeredAt }];
  });
}

export interface CallFilter {
  readonly text: string;
  readonly state: string | null;
}

/** What people see in a row counts, however it is spelled. */
export function fits(call: LiveCall, { text, state }: CallFilter): boolean {
  if (state !== null && groupOf(call.state) !== state) return false;
  const wanted = plain(text);
  if (wanted === '') return true;
  const { member, trunk, calling, dialled, called, fromCountry, toCountry, via, id } = call;
  return [
    member?.name,
    trunk?.name,
    trunk?.id,
    calling,
    dialled,
    called,
    fromCountry,
    toCountry,
    ...via,
    id,
  ].some((one) => one != null && plain(one).includes(wanted));
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s()./-]/g, '');

/** Ten states of the machine are four for people. */
export function groupOf(state: string): 'setting-up' | 'ringing' | 'talking' | 'ending' {
  switch (state) {
    case 'ringing':
    case 'early':
      return 'ringing';
    case 'talking':
    case 'serving':
      return 'talking';
    case 'refusing':
    case 'clearing':
    case 'ended':
      return 'ending';
    default:
      return 'setting-up';
  }
}
