import type { Clock } from '../../kernel/clock.js';
import type { Call } from '../domain/call.js';
import { after, type Circuit, type CircuitState, type Sign, stateOf, wellCircuit } from './circuit.js';
import { signOf } from './sign.js';

interface HealthLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** How every trunk seems, from what calls and OPTIONS showed of it. Forgotten with the process: a fresh one finds out anew. */
export class TrunkHealth {
  private readonly circuits = new Map<string, Circuit>();

  constructor(
    private readonly clock: Clock,
    private readonly log: HealthLog,
    /** Whoever writes it down for people. */
    private readonly changed: (trunk: string, state: CircuitState, sign: Sign) => void = () => undefined,
  ) {}

  readonly look = (trunkId: string): CircuitState =>
    stateOf(this.circuits.get(trunkId) ?? wellCircuit, this.clock.elapsed());

  /** Trunks that are not simply well, with their state: for metrics and the console. */
  *unwell(): Iterable<readonly [string, CircuitState]> {
    for (const trunk of this.circuits.keys()) {
      const state = this.look(trunk);
      if (state !== 'closed') yield [trunk, state];
    }
  }

  /** Learns from each change of a call's legs. */
  moved(before: Call, now: Call): void {
    if (before.legs === now.legs) return;
    for (const leg of now.legs) {
      const sign = signOf(
        before.legs.find(({ channel }) => channel === leg.channel),
        leg,
      );
      if (sign !== undefined) this.saw(leg.plan.target, sign);
    }
  }

  saw(trunk: string, sign: Sign): void {
    const before = this.circuits.get(trunk) ?? wellCircuit;
    const now = this.clock.elapsed();
    const next = after(before, sign, now);
    if (next === before) return;
    if (next === wellCircuit) this.circuits.delete(trunk);
    else this.circuits.set(trunk, next);
    this.tell(trunk, stateOf(before, now), stateOf(next, now), sign);
  }

  private tell(trunk: string, before: CircuitState, now: CircuitState, sign: Sign): void {
    if (before === now) return;
    this.changed(trunk, now, sign);
    if (now === 'open') this.log.warn({ trunk, sign }, 'a trunk is avoided while there are other ways');
    else this.log.info({ trunk, sign, state: now }, 'a trunk is tried again');
  }
}
