import { callingToMember, isShownAs } from './calling.js';
import { q850 } from './causes.js';
import type { Callee, RouteFacts } from './facts.js';
import type { Order } from './order.js';
import { decideRoute } from './route.js';
import { overLimit } from './route-limits.js';
import { countedAgainst, languageOf, MOST_SECONDS } from './route-verdicts.js';
import type { AttemptPlan, Calling, Connect, Decision, RingAttempt, Verdict } from './verdict.js';
import { notNow, type Refusal, refuse } from './walk.js';

/** Nobody is spoken to for longer. */
const MOST_SPOKEN_SECONDS = 300;
/** A registered phone rings in an instant, or is not there. */
const PROGRESS_SECONDS = 12;

/** Everything that decides how an order rings its first party. */
export interface OrderFacts {
  readonly order: Order;
  /** As for any call of the account's member; for phones what was dialled is not read. */
  readonly facts: RouteFacts;
  /** The member whose phones are rung. */
  readonly target?: Callee;
}

/**
 * How the first party is rung. A telephone by the same decision as any call there, except that no voicemail and no feature of
 * ours answers for it; phones by themselves: whoever has them rung wants these and nobody else.
 */
export function decideOrder({ order, facts, target }: OrderFacts): Decision {
  if (order.ring.kind === 'number' || order.ring.kind === 'carrier') {
    const { verdict, account } = decideRoute(facts);
    return { account, verdict: refusalOf(facts) ?? peopleOnly(order, facts, verdict) };
  }
  const verdict = refusalOf(facts) ?? phones(order, facts, target);
  const candidates =
    verdict.kind === 'connect'
      ? verdict.attempts.flatMap((attempt) => (attempt.kind === 'ring' ? attempt.legs : []))
      : [];
  return {
    verdict,
    account: {
      steps: [{ step: 'order', verdict: verdict.kind, detail: `${order.ring.kind} of a member` }],
      candidates: candidates.map(({ kind, target: phone, called }) => {
        return { kind, target: phone, called, verdict: 'attempt 1' };
      }),
    },
  };
}

/** Why an order is not executed whatever it rings. */
function refusalOf(facts: RouteFacts): Verdict | undefined {
  const { origin, caller } = facts;
  if (caller === undefined) return refused(facts, notNow('directory-away', q850.congestion));
  if (!caller.active) return refused(facts, refuse('suspended', q850.rejected));
  const shown = origin.kind === 'order' ? origin.shown : undefined;
  const isHis = shown === undefined || caller.numbers.some((number) => isShownAs(number, shown));
  return isHis ? undefined : refused(facts, refuse('not-your-number', q850.rejected));
}

function refused(facts: RouteFacts, leads: ReturnType<typeof refuse>): Verdict {
  if ('start' in leads) throw new Error('a refusal leads nowhere');
  return verdictOf(facts, leads.refusal);
}

const verdictOf = (facts: RouteFacts, refusal: Refusal): Verdict => ({
  ...refusal,
  language: languageOf(facts),
});

/** Without what would answer in the person's place; never to the police or to a service of a telephone. */
function peopleOnly(order: Order, facts: RouteFacts, verdict: Verdict): Verdict {
  const { reading } = facts;
  if (verdict.kind !== 'connect') return verdict;
  if (reading.kind === 'emergency' || reading.kind === 'feature' || !isTheCarriers(order, reading))
    return refused(facts, refuse('not-allowed', q850.rejected));
  const rung = verdict.attempts.filter(
    (attempt): attempt is RingAttempt => attempt.kind === 'ring' && isWantedWay(order, attempt),
  );
  if (rung.length === 0 || verdict.attempts[0]?.kind !== 'ring')
    return refused(
      facts,
      testsTrunk(order) ? refuse('no-route', q850.noRoute) : refuse('no-device', q850.absent),
    );
  const place = new Map<number, number>(rung.map((one, at) => [verdict.attempts.indexOf(one) + 1, at + 1]));
  return { ...verdict, ...spoken(order), attempts: rung.map((one) => within(order, one, place)) };
}

const testsTrunk = ({ ring }: Order): boolean => ring.kind === 'number' && ring.trunk !== undefined;

/** The test of a trunk says nothing when another way carries it. */
const isWantedWay = ({ ring }: Order, { legs }: RingAttempt): boolean =>
  ring.kind !== 'number' ||
  ring.trunk === undefined ||
  legs.every(({ kind, target }) => kind === 'trunk' && target === ring.trunk);

/** A number that is wanted at one company is not rung where it means something else. */
const isTheCarriers = ({ ring }: Order, reading: RouteFacts['reading']): boolean =>
  ring.kind !== 'carrier' || (reading.kind === 'carrier' && reading.carrierId === ring.carrierId);

function within(order: Order, attempt: RingAttempt, place: ReadonlyMap<number, number>): AttemptPlan {
  const after = Object.entries(attempt.after).flatMap(([outcome, next]) => {
    const there = place.get(next);
    return there === undefined ? [] : [[outcome, there] as const];
  });
  const answerWithin = Math.min(attempt.answerWithin, order.ringSeconds);
  return { ...attempt, answerWithin, after: Object.fromEntries(after) };
}

/** Who listens to a talk listens as long as it lasts; what we say ourselves is soon said. */
function spoken({ onAnswer }: Order): Partial<Connect> {
  const lasts = onAnswer.do === 'connect' || (onAnswer.do === 'service' && onAnswer.service !== 'echo');
  return lasts ? {} : { maxSeconds: MOST_SPOKEN_SECONDS };
}

function phones(order: Order, facts: RouteFacts, target: Callee | undefined): Verdict {
  const { ring } = order;
  const there = target?.active === true ? target.devices : [];
  const wanted = ring.kind === 'device' ? there.filter((one) => one === ring.username) : there;
  const limit = overLimit(facts);
  if (limit !== undefined) return verdictOf(facts, limit);
  if (target === undefined || wanted.length === 0) return refused(facts, refuse('no-device', q850.absent));
  const called = target.numbers[0]?.key ?? '';
  const calling = shownWhile(order, facts);
  return {
    kind: 'connect',
    attempts: [
      {
        kind: 'ring',
        legs: wanted.map((device) => ({
          kind: 'device',
          target: device,
          endpoint: `PJSIP/${device}`,
          called,
          calling,
          member: target.id,
        })),
        answerWithin: order.ringSeconds,
        progressWithin: PROGRESS_SECONDS,
        after: {},
      },
    ],
    maxSeconds: MOST_SECONDS,
    ...spoken(order),
    emergency: false,
    called,
    language: order.language,
    limits: countedAgainst(facts),
  };
}

const PRESENTABLE = /^\+?[0-9*#]{1,32}$/;

/** His own phone shows with whom he will be connected, or who speaks to him. */
function shownWhile({ onAnswer, display }: Order, facts: RouteFacts): Calling {
  if (onAnswer.do !== 'connect') return { ...callingToMember(facts), ...(display && { name: display }) };
  const number = onAnswer.dial.replaceAll(/[\s().-]/g, '');
  return {
    ...(PRESENTABLE.test(number) ? { number } : {}),
    name: display ?? onAnswer.dial.slice(0, 40),
    withheld: false,
  };
}
