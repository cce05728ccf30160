import { callingToMember } from './calling.js';
import type { Onward, RingStop, Stop } from './course.js';
import type { Callee, FindMeStep } from './facts.js';
import { inTurn, lookingOn } from './onward.js';
import { carrierLeads } from './route-carrier.js';
import { bestWay, pstnLeads } from './route-pstn.js';
import { trunkLeg } from './route-trunk.js';
import type { LegPlan, Wake } from './verdict.js';
import { ledOnBy, type Walk } from './walk.js';

/** A registered phone answers in milliseconds; one whose contact is stale never does (Asterisk gives up after timer B, 8 s). */
const PROGRESS_SECONDS = 12;
/** Beside phones of his own another network's telephone may take longer to ring. */
const TRUNK_PROGRESS_SECONDS = 20;

/** Looking for a member in his own order. `last`: what follows the last step, and where a busy or unwilling person ends. */
export function findMe(walk: Walk, callee: Callee, number: string, last: Onward): Stop | undefined {
  let next: Stop | undefined;
  for (const steps of together(stepsOf(callee)).toReversed()) {
    next = stage(walk, callee, number, steps, lookingOn(last, next)) ?? next;
  }
  return next;
}

/** Up to his voicemail, which takes every call that comes so far. */
function stepsOf({ findMe: steps, settings }: Callee): readonly FindMeStep[] {
  if (steps.length === 0) return [{ ...ALL_DEVICES, ringSeconds: settings.ringSeconds }];
  const end = steps.findIndex(({ kind }) => kind === 'voicemail');
  return end < 0 ? steps : steps.slice(0, end);
}

const ALL_DEVICES = { kind: 'devices', target: null, withPrevious: false } as const;

/** Steps that ring at once. */
function together(steps: readonly FindMeStep[]): readonly (readonly FindMeStep[])[] {
  const stages: FindMeStep[][] = [];
  for (const step of steps) {
    const last = stages.at(-1);
    if (step.withPrevious && last !== undefined) last.push(step);
    else stages.push([step]);
  }
  return stages;
}

function stage(
  walk: Walk,
  callee: Callee,
  number: string,
  steps: readonly FindMeStep[],
  onward: Onward,
): Stop | undefined {
  const [only] = steps;
  if (only !== undefined && steps.length === 1 && (only.kind === 'contact' || only.kind === 'carrier')) {
    return elsewhere(walk, callee, only, onward);
  }
  const legs = onceEach(
    steps.flatMap((step): readonly LegPlan[] =>
      step.kind === 'contact' || step.kind === 'carrier'
        ? legElsewhere(walk, callee, step)
        : deviceLegs(walk, callee, number, step),
    ),
  );
  const wakes = wakeOf(walk, callee, number, steps);
  if (legs.length === 0 && wakes === undefined) return undefined;
  for (const plan of legs) walk.considered.push({ plan });
  const leaves = legs.some(({ kind }) => kind === 'trunk');
  const stop: Omit<RingStop, 'onward'> = {
    kind: 'ring',
    legs,
    answerWithin: Math.max(...steps.map(({ ringSeconds }) => ringSeconds)),
    progressWithin: leaves ? TRUNK_PROGRESS_SECONDS : PROGRESS_SECONDS,
    ...(wakes === undefined ? {} : { wakes }),
  };
  return inTurn([stop], onward);
}

/** Who is told of calls by push messages may have a telephone in a moment. */
function wakeOf(
  { facts }: Walk,
  { id, pushed }: Callee,
  called: string,
  steps: readonly FindMeStep[],
): Wake | undefined {
  const all = steps.some(({ kind }) => kind === 'devices');
  return all && pushed === true ? { member: id, called, calling: callingToMember(facts) } : undefined;
}

/** His devices, or that one, but for the one that calls. */
function deviceLegs(
  { facts }: Walk,
  { devices, id }: Callee,
  called: string,
  step: FindMeStep,
): readonly LegPlan[] {
  const { origin } = facts;
  const calling = callingToMember(facts);
  return devices
    .filter((device) => step.kind === 'devices' || device === step.target)
    .filter((device) => origin.kind === 'trunk' || device !== origin.username)
    .map((device) => ({
      kind: 'device',
      target: device,
      endpoint: `PJSIP/${device}`,
      called,
      calling,
      member: id,
    }));
}

/** A telephone of his on another network, alone: with every way there. He pays. */
function elsewhere(walk: Walk, callee: Callee, step: FindMeStep, onward: Onward): Stop | undefined {
  const on = ledOnBy(walk, callee);
  const { ringSeconds } = step;
  if (step.kind === 'contact') {
    const e164 = contactOf(walk, callee, step);
    if (e164 === undefined) return undefined;
    const leads = pstnLeads(on, { e164, ringSeconds }, onward);
    return 'start' in leads ? leads.start : undefined;
  }
  const his = callee.carrierNumbers.find(({ id }) => id === step.target);
  if (his === undefined) return undefined;
  const leads = carrierLeads(on, { ...his, ringSeconds }, onward);
  return 'start' in leads ? leads.start : undefined;
}

/** The same beside others: by the best way only. */
function legElsewhere(walk: Walk, callee: Callee, step: FindMeStep): readonly LegPlan[] {
  const on = ledOnBy(walk, callee);
  if (step.kind === 'carrier') {
    const his = callee.carrierNumbers.find(({ id }) => id === step.target);
    const trunk = his && walk.facts.network.carriers.get(his.carrierId);
    return his === undefined || trunk === undefined ? [] : [trunkLeg(on, { trunk, called: his.number })];
  }
  const e164 = contactOf(walk, callee, step);
  const way = e164 === undefined ? undefined : bestWay(on, { e164 });
  return way === undefined ? [] : [trunkLeg(on, way)];
}

/** Not the number by which the call has just come in from outside: it would come in again. */
function contactOf({ facts }: Walk, { contacts }: Callee, { target }: FindMeStep): string | undefined {
  const e164 = contacts.find(({ id }) => id === target)?.e164;
  const { origin, reading } = facts;
  const cameBy = origin.kind === 'trunk' && reading.kind === 'pstn' ? reading.e164 : undefined;
  return e164 === cameBy ? undefined : e164;
}

function onceEach(legs: readonly LegPlan[]): readonly LegPlan[] {
  return [...new Map(legs.map((leg) => [leg.endpoint, leg])).values()];
}
