import { matchPstn, type UriReading } from '../numbering/index.js';
import type { Directory } from './directory.js';
import type { Call } from './domain/call.js';
import { q850 } from './domain/causes.js';
import type { Destination, RouteFacts, TrunkHealthLook } from './domain/facts.js';
import type { Load } from './domain/load.js';
import { decideRoute } from './domain/route.js';
import { decideOrder } from './domain/route-order.js';
import { languageOf } from './domain/route-verdicts.js';
import type { UriService } from './domain/uri-service.js';
import type { Decision } from './domain/verdict.js';
import { type Answer, type Gathered, type Gathering, gather, gatherMembers, type Wish } from './gathering.js';

export interface RouterWorld {
  readonly directory: Pick<Directory, 'known' | 'lookUp' | 'network' | 'plan' | 'policy'>;
  readonly load: Load;
  readonly trunkHealth: TrunkHealthLook;
  readonly log: { warn(fields: object, message: string): void };
  /** The database does not answer at the moment: whoever is not known yet is not waited for. */
  databaseAway(): boolean;
  /** Where the SIP service of a foreign address is. Never rejects. */
  resolve(reading: UriReading): Promise<UriService>;
  /** Our own SIP domain. */
  readonly sipDomain: string;
  /** Milliseconds since 1970. */
  now(): number;
}

/** What of a call decides where it goes. */
export type Asked = Pick<Call, 'id' | 'dialled' | 'origin' | 'borrowed' | 'order'> & {
  readonly caller: Pick<Call['caller'], 'number'>;
};

/** Gathers the facts of a call and has them decided. */
export class Router {
  constructor(private readonly world: RouterWorld) {}

  /** Where the call goes; at once when everything needed is in memory. Never rejects. */
  decide(call: Asked): Decision | Promise<Decision> {
    try {
      const decided = this.run(this.deciding(call));
      if (!(decided instanceof Promise)) return decided;
      return decided.catch((error: unknown) => this.away(call, error));
    } catch (error) {
      if (error instanceof DatabaseAway) return this.away(call, error);
      throw error;
    }
  }

  private *deciding(call: Asked): Gathering<Decision> {
    const { order, origin, dialled } = call;
    if (order === undefined || order.ring.kind === 'number' || order.ring.kind === 'carrier') {
      const facts = this.facts(call, yield* gather(dialled, origin, this.world.directory.plan));
      return order === undefined ? decideRoute(facts) : decideOrder({ order, facts });
    }
    const payer = origin.kind === 'order' ? origin.memberId : order.ring.memberId;
    const [caller, target] = yield* gatherMembers([payer, order.ring.memberId], origin.country);
    const destination: Destination = {
      dialled,
      reading: NOTHING_DIALLED,
      verdicts: [],
    };
    const facts = this.facts(call, { destination, caller, hidden: undefined });
    return decideOrder({ order, facts, ...(target === undefined ? {} : { target }) });
  }

  /** Answers question after question, from the first that memory cannot answer on with promises. */
  private run<T>(gathering: Gathering<T>, first?: Answer): T | Promise<T> {
    let step = first === undefined ? gathering.next() : gathering.next(first);
    while (!step.done) {
      const answer = this.answer(step.value);
      if (answer instanceof Promise) return answer.then((told) => this.run(gathering, told));
      step = gathering.next(answer);
    }
    return step.value;
  }

  private answer(wish: Wish): Answer | Promise<Answer> {
    const { directory, databaseAway, resolve } = this.world;
    if (wish.ask === 'dns') return resolve(wish.reading);
    const known = directory.known(wish.question);
    if (known !== undefined) return known;
    if (databaseAway()) throw new DatabaseAway('the database is away');
    return directory.lookUp(wish.question);
  }

  private facts(
    { id, origin, caller, borrowed }: Asked,
    { destination, caller: member, hidden }: Gathered,
  ): RouteFacts {
    const { directory, load, trunkHealth, sipDomain, now } = this.world;
    const { country } = origin;
    const presented = caller.number;
    const telephone =
      origin.kind === 'trunk' ? matchPstn(presented, { country, deviceCountry: country }) : undefined;
    return {
      ...destination,
      origin,
      presented,
      ...(telephone === undefined ? {} : { presentedE164: telephone.phone.e164 }),
      ...divertedOf(origin),
      caller: member,
      ...(borrowed === undefined ? {} : { transferred: { fromTrunk: borrowed.fromTrunk } }),
      hidden: hidden ?? (wantsShown(origin) ? false : (member?.settings.hideNumber ?? false)),
      network: directory.network,
      dice: Number.parseInt(id.slice(-8), 16) / 2 ** 32,
      time: now(),
      trunkHealth,
      load,
      memberLimits: directory.policy.memberLimits,
      sipDomain,
    };
  }

  private away({ origin }: Asked, error: unknown): Decision {
    this.world.log.warn({ err: error }, 'the directory does not answer');
    const language = languageOf({ origin, caller: undefined });
    return {
      verdict: { kind: 'unavailable', reason: 'directory-away', q850: q850.congestion, language },
      account: { steps: [], candidates: [] },
    };
  }
}

/** Of an order that rings phones nothing is read. */
const NOTHING_DIALLED = {
  kind: 'unallocated',
  reason: 'nobody-has-it',
  sip: 404,
  q850: 1,
  text: 'an order rings phones',
} as const;

function divertedOf(origin: Call['origin']): Pick<RouteFacts, 'diverted'> {
  if (origin.kind !== 'trunk' || origin.divertedBy === undefined) return {};
  const place = { country: origin.country, deviceCountry: origin.country };
  const numbers = origin.divertedBy.flatMap((written) => matchPstn(written, place)?.phone.e164 ?? []);
  return { diverted: { by: new Set(numbers), times: origin.divertedBy.length } };
}

/** An order that says which number is shown wants it shown. */
const wantsShown = (origin: Call['origin']): boolean => origin.kind === 'order' && origin.shown !== undefined;

class DatabaseAway extends Error {}
