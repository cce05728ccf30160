import type { CreateLeg } from '../infra/ari/ari.port.js';
import type { Effect } from './domain/effect.js';
import type { Calling } from './domain/verdict.js';

type CreateLegEffect = Extract<Effect, { do: 'create-leg' }>;

/** What Asterisk is told to make one leg of. */
export function legRequest({ leg, originator, capSeconds }: CreateLegEffect): CreateLeg {
  return {
    channelId: leg.channel,
    endpoint: leg.plan.endpoint,
    appArgs: ['leg'],
    originator,
    variables: {
      ...callingVariables(leg.plan.calling),
      // Asterisk's own limit, counted from the channel's creation: it holds with this process dead.
      'TIMEOUT(absolute)': String(capSeconds),
    },
  };
}

/**
 * The calling number of an outbound leg is its connected line; name and number must both be set, or Asterisk fills in the
 * caller's own (measured on 22.10.1).
 */
function callingVariables({ number, name, withheld }: Calling): Record<string, string> {
  const shown = { 'CONNECTEDLINE(num)': number ?? '', 'CONNECTEDLINE(name)': name ?? '' };
  return withheld ? { ...shown, 'CONNECTEDLINE(pres)': 'prohib' } : shown;
}
