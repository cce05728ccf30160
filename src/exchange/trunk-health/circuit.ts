/**
 * Whether a trunk is worth a caller's time (a circuit breaker). `closed`: calls flow. `open`: it failed lately and is only tried
 * where there is no other way. `half-open`: its pause is over; the next call that tries it decides.
 */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** What one call, or Asterisk's own OPTIONS, showed of a trunk. `dead`: not even "100 Trying" came. */
export type Sign = 'well' | 'trouble' | 'dead' | 'unreachable' | 'reachable';

/** All that is remembered of a trunk that is not simply well. Times in milliseconds of a clock that never goes back. */
export interface Circuit {
  /** Signs of trouble in a row. */
  readonly troubles: number;
  /** Asterisk's OPTIONS are not answered: open until they are. */
  readonly unreachable: boolean;
  readonly openUntil?: number;
  /** The length of the latest pause, in seconds; doubled when the trunk fails again right after it. */
  readonly pause: number;
}

export const wellCircuit: Circuit = { troubles: 0, unreachable: false, pause: 0 };

/** A network that refuses one call with 503 may take the next; one that refuses three in a row is in trouble. */
const MOST_TROUBLES = 3;
const FIRST_PAUSE_SECONDS = 15;
const LONGEST_PAUSE_SECONDS = 300;

export function stateOf({ unreachable, openUntil }: Circuit, now: number): CircuitState {
  if (unreachable) return 'open';
  if (openUntil === undefined) return 'closed';
  return now < openUntil ? 'open' : 'half-open';
}

/** What a sign makes of it. A sign of life closes it at once, wherever it comes from. */
export function after(circuit: Circuit, sign: Sign, now: number): Circuit {
  switch (sign) {
    case 'well':
      return wellCircuit;
    case 'reachable':
      // It answers OPTIONS again. Whether it takes calls is another question: the next one shows.
      return circuit.unreachable ? { ...circuit, unreachable: false, openUntil: now } : circuit;
    case 'unreachable':
      return { ...circuit, unreachable: true };
    case 'dead':
      return opened(circuit, now);
    case 'trouble': {
      const troubles = circuit.troubles + 1;
      const broken = troubles >= MOST_TROUBLES || stateOf(circuit, now) === 'half-open';
      return broken ? opened({ ...circuit, troubles }, now) : { ...circuit, troubles };
    }
  }
}

function opened(circuit: Circuit, now: number): Circuit {
  // Calls that were under way when it opened say the same once more: that is no second failure.
  if (circuit.openUntil !== undefined && now < circuit.openUntil) return circuit;
  const pause = Math.min(
    LONGEST_PAUSE_SECONDS,
    circuit.pause === 0 ? FIRST_PAUSE_SECONDS : circuit.pause * 2,
  );
  return { ...circuit, pause, openUntil: now + pause * 1_000 };
}
