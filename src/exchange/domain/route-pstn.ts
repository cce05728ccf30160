import { longestPrefix } from '../../kernel/prefix-table.js';
import { switchNumber } from '../../numbering/index.js';
import { q850 } from './causes.js';
import type { Onward } from './course.js';
import type { RouteFacts } from './facts.js';
import type { Route } from './network.js';
import { inTurn } from './onward.js';
import { isFull, trunkLeg, trunkStop, type Way } from './route-trunk.js';
import { isOpen } from './schedule.js';
import { spread } from './spread.js';
import type { Trunk } from './trunk.js';
import { type Leads, mayLeave, notNow, refuse, type Walk } from './walk.js';

/** So many ways are tried; a caller waits for no more. The trace shows some of the others. */
const MOST_WAYS = 4;
const MOST_SHOWN = 8;

interface Telephone {
  readonly e164: string;
  /** Claims the number: goes first, the routes are its backup. */
  readonly carrierId?: string;
  readonly ringSeconds?: number;
}

/** To a telephone: the ways there in turn, every one with both numbers converted anew from the canonical ones. */
export function pstnLeads(walk: Walk, telephone: Telephone, onward: Onward): Leads {
  const { facts } = walk;
  if (!mayLeave(walk)) return refuse('not-allowed', q850.unallocated);
  if (comesAgain(walk, telephone.e164)) return refuse('no-route', q850.noRoute);
  if (isCallerUnknown(facts)) return notNow('directory-away', q850.congestion);
  const { ways, full } = waysTo(walk, telephone);
  const stops = ways.map((way) => {
    const plan = trunkLeg(walk, way);
    walk.considered.push({ plan, ...(way.route === undefined ? {} : { route: way.route }) });
    return trunkStop(walk, way.trunk, plan, telephone.ringSeconds);
  });
  const start = inTurn(stops.slice(0, MOST_WAYS), onward);
  if (start !== undefined) return { start };
  return full ? notNow('trunks-busy', q850.congestion) : refuse('no-route', q850.noRoute);
}

/**
 * A call that another network sent to us from there, or that was sent on too often, is not sent there once more: it would come
 * again, and again (RFC 5806 section 9).
 */
const comesAgain = ({ facts: { diverted }, via }: Walk, e164: string): boolean =>
  via.length > 0 && diverted !== undefined && (diverted.by.has(e164) || diverted.times >= MOST_DIVERTED);

/** As ISUP's redirection counter (Q.763 3.45). */
const MOST_DIVERTED = 5;

/** Nothing is known of the calling member: how he would be shown, and who would pay. */
export const isCallerUnknown = ({ origin, caller }: RouteFacts): boolean =>
  origin.kind !== 'trunk' && caller === undefined;

/** The best way there, for a leg that rings beside others and can have no second one. */
export const bestWay = (walk: Walk, telephone: Telephone): Way | undefined =>
  mayLeave(walk) && !comesAgain(walk, telephone.e164) && !isCallerUnknown(walk.facts)
    ? waysTo(walk, telephone).ways[0]
    : undefined;

/** In order; those whose trunk seems dead last. `full`: there would be more if they carried fewer calls. */
function waysTo(walk: Walk, { e164, carrierId }: Telephone): { ways: readonly Way[]; full: boolean } {
  const { facts } = walk;
  const { network, dice, trunkHealth } = facts;
  const known = longestPrefix(network.routes, e164.slice(1)) ?? [];
  const usable = known.filter((route) => {
    const why = whyNot(route, facts);
    if (why !== undefined) walk.considered.push({ plan: trunkLeg(walk, wayBy(route, e164)), route, why });
    return why === undefined;
  });
  const claimant = carrierId === undefined ? undefined : network.carriers.get(carrierId);
  const first = claimant === undefined || isFull(claimant, facts) ? [] : [{ trunk: claimant }];
  const trunks = onceEach([...first, ...spread(usable, dice)]);
  const isDead = ({ trunk }: Exit) => trunkHealth(trunk.id) === 'open';
  const ordered = trunks.some(isDead)
    ? [...trunks.filter((exit) => !isDead(exit)), ...trunks.filter(isDead)]
    : trunks;
  return {
    ways: ordered.slice(0, MOST_SHOWN).map((exit) => wayBy(exit, e164)),
    full: known.some((route) => whyNot(route, facts) === FULL),
  };
}

const CLOSED = 'not at this time';
const FULL = 'carries as many calls as it may';

function whyNot({ schedule, trunk, maxCalls, id }: Route, facts: RouteFacts): string | undefined {
  if (schedule !== undefined && !isOpen(schedule, facts.time)) return CLOSED;
  const isRouteFull = maxCalls !== null && facts.load.calls('route', id) >= maxCalls;
  return isRouteFull || isFull(trunk, facts) ? FULL : undefined;
}

/** A route, or a trunk that needs none. */
type Exit = Route | { readonly trunk: Trunk };

const wayBy = (exit: Exit, e164: string): Way => ({
  trunk: exit.trunk,
  called: switchNumber({ kind: 'e164', e164 }, exit.trunk.calledFormat, exit.trunk.country) ?? e164,
  e164,
  ...('prefix' in exit ? { route: exit } : {}),
});

/** A trunk that failed once is not tried again by another of its routes. */
function onceEach(exits: readonly Exit[]): readonly Exit[] {
  const seen = new Set<string>();
  return exits.filter(({ trunk }) => !seen.has(trunk.id) && seen.add(trunk.id));
}
