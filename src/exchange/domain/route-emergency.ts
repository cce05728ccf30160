import { type EmergencyReading, switchNumber } from '../../numbering/index.js';
import { q850 } from './causes.js';
import type { RouteFacts } from './facts.js';
import type { Trunk } from './network.js';
import { candidate } from './route-account.js';
import { inTurn, legOnTrunk } from './route-pstn.js';
import { languageOf, MOST_SECONDS, notNow, type Routed } from './route-verdicts.js';
import type { Calling, LegPlan } from './verdict.js';

/**
 * Every emergency gateway of the device's country in turn, with the device's location number as calling number. Needs no
 * look-up, no credit and no record: all it knows came with the caller's channel. The first is dialled by its static endpoint
 * (`emergency-plan`), which Asterisk knows without the database; should that be missing, by its row's, after the others.
 */
export function emergencyLegs(facts: RouteFacts, reading: EmergencyReading): Routed {
  const { network, origin } = facts;
  const location = origin.kind === 'member' ? origin.location : undefined;
  const gateways = [...network.trunks.values()]
    .filter((trunk) => trunk.emergency && trunk.country === reading.country)
    .sort((a, b) => a.id.localeCompare(b.id));
  const [first, ...others] = gateways.map((trunk) =>
    legOnTrunk(trunk, reading.number, locationOn(trunk, location)),
  );
  const legs = first === undefined ? [] : [onStaticEndpoint(first, reading), ...others, first];
  const candidates = legs.map((leg, at) => candidate(leg, `attempt ${at + 1}`));
  if (legs.length === 0) return notNow(facts, 'no-route', q850.congestion);
  return {
    verdict: {
      kind: 'connect',
      attempts: inTurn(legs),
      maxSeconds: MOST_SECONDS,
      emergency: true,
      called: reading.number,
      language: languageOf(facts),
      limits: {},
      ...(location === undefined ? {} : { calling: location }),
    },
    candidates,
  };
}

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
