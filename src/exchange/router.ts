import {
  type Candidates,
  candidates,
  decideReading,
  lookupKeys,
  NOTHING_FOUND,
  type Plan,
} from '../numbering/index.js';
import type { LookedUp } from './directory.cache.js';
import type { Directory } from './directory.js';
import type { Call } from './domain/call.js';
import { calleeOf } from './domain/callee.js';
import { q850 } from './domain/causes.js';
import type { RouteFacts } from './domain/facts.js';
import { decideRoute } from './domain/route.js';
import { languageOf } from './domain/route-verdicts.js';
import type { Decision } from './domain/verdict.js';

interface RouterLog {
  warn(fields: object, message: string): void;
}

/** What of a call decides where it goes. */
export type Asked = Pick<Call, 'id' | 'dialled' | 'origin'> & {
  readonly caller: Pick<Call['caller'], 'number'>;
};

/** Gathers the facts of a call and has them decided. */
export class Router {
  constructor(
    private readonly plan: Plan,
    private readonly directory: Directory,
    private readonly log: RouterLog,
  ) {}

  /** Where the call goes; at once when everything needed is in memory. Never rejects. */
  decide(call: Asked): Decision | Promise<Decision> {
    const asked = candidates(call.dialled, contextOf(call), this.plan);
    // The first candidate is read first, and nothing that the directory knows could change it.
    if (asked.list[0]?.kind === 'emergency') return this.verdict(call, asked, NOBODY);
    const looked = this.directory.lookUp({ keys: lookupKeys(asked), memberIds: callerIdsOf(call) });
    if (!(looked instanceof Promise)) return this.verdict(call, asked, looked);
    return looked.then(
      (found) => this.verdict(call, asked, found),
      (error: unknown) => {
        this.log.warn({ err: error }, 'the directory does not answer');
        return directoryAway(call);
      },
    );
  }

  private verdict({ origin, caller, id }: Asked, asked: Candidates, { found, members }: LookedUp): Decision {
    const { reading, verdicts } = decideReading(asked, found);
    const holder = calleeOf(reading);
    const facts: RouteFacts = {
      origin,
      presented: caller.number,
      caller: origin.kind === 'member' ? members.get(origin.memberId) : undefined,
      reading,
      verdicts,
      callee: holder === undefined ? undefined : members.get(holder),
      network: this.directory.network,
      dice: Number.parseInt(id.slice(-8), 16) / 2 ** 32,
    };
    return decideRoute(facts);
  }
}

const NOBODY: LookedUp = { found: NOTHING_FOUND, members: new Map() };

const directoryAway = (asked: Asked): Decision => ({
  verdict: {
    kind: 'unavailable',
    reason: 'directory-away',
    q850: q850.congestion,
    language: languageOf(asked),
  },
  account: { steps: [], candidates: [] },
});

const callerIdsOf = ({ origin }: Asked): readonly string[] =>
  origin.kind === 'member' ? [origin.memberId] : [];

function contextOf({ origin }: Asked) {
  const { country } = origin;
  const area = origin.kind === 'member' ? origin.area : undefined;
  return { country, deviceCountry: country, ...(area === undefined ? {} : { area }) };
}
