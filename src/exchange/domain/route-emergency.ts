import { type EmergencyReading, switchNumber } from '../../numbering/index.js';
import { q850 } from './causes.js';
import type { RouteFacts } from './facts.js';
import { inTurn } from './onward.js';
import { legOnTrunk, trunkStop } from './route-trunk.js';
import type { Trunk } from './trunk.js';
import type { Calling, LegPlan } from './verdict.js';
import { type Leads, notNow, type Walk } from './walk.js';

/**
 * Every emergency gateway of the device's country in turn, with the device's location number as calling number. Needs no
 * look-up, no credit and no record: all it knows came with the caller's channel. The first is dialled by its static endpoint
 * (`emergency-plan`), which Asterisk knows without the database; should that be missing, by its row's, after the others.
 */
export function emergencyLeads(walk: Walk, reading: EmergencyReading): Leads {
  const { network } = walk.facts;
  const location = locationOf(walk.facts);
  const gateways = [...network.trunks.values()]
    .filter((trunk) => trunk.emergency && trunk.country === reading.country)
    .sort((a, b) => a.id.localeCompare(b.id));
  const [first, ...others] = gateways.map((trunk) => ({
    trunk,
    leg: legOnTrunk(trunk, reading.number, locationOn(trunk, location)),
  }));
  if (first === undefined) return notNow('no-route', q850.congestion);
  const ways = [{ ...first, leg: onStaticEndpoint(first.leg, reading) }, ...others, first];
  for (const { leg } of ways) walk.considered.push({ plan: leg });
  const start = inTurn(
    ways.map(({ trunk, leg }) => trunkStop(walk, trunk, leg)),
    {},
  );
  return start === undefined ? notNow('no-route', q850.congestion) : { start };
}

/** Where the device stands, E.164 with +. */
export const locationOf = ({ origin }: RouteFacts): string | undefined =>
  origin.kind === 'member' ? origin.location : undefined;

/** `emergency-<country>` leads to the country's first gateway by id (src/cli/emergency-plan.command.ts). */
const onStaticEndpoint = (leg: LegPlan, { number, country }: EmergencyReading): LegPlan => ({
  ...leg,
  endpoint: `PJSIP/${number}@emergency-${country}`,
});

function locationOn(trunk: Trunk, location: string | undefined): Calling {
  const e164 = location ?? trunk.defaultCli;
  const number =
    e164 === null ? undefined : switchNumber({ kind: 'e164', e164 }, trunk.callingFormat, trunk.country);
  return { ...(number === undefined ? {} : { number }), withheld: false };
}
