import type { CreateLeg } from '../infra/ari/ari.port.js';
import { ringPlanOf } from './domain/attempt-plan.js';
import type { Call, Leg } from './domain/call.js';
import type { Effect } from './domain/effect.js';
import type { Calling } from './domain/verdict.js';

type CreateLegEffect = Extract<Effect, { do: 'create-leg' }>;

/** Nobody's formats to begin with: what every telephone has. */
const ORDERED = ['ulaw', 'alaw'];

/** What Asterisk is told to make one leg of. */
export function legRequest({ leg, originator, capSeconds }: CreateLegEffect, call: Call): CreateLeg {
  return {
    channelId: leg.channel,
    endpoint: leg.plan.endpoint,
    appArgs: ['leg'],
    ...(originator === undefined ? { formats: ORDERED } : { originator }),
    variables: {
      ...callingVariables(leg.plan.calling),
      ...divertingVariables(leg, call),
      // Its REFER comes to us as an event, as its own calls' do by the dialplan; trunks' is refused (allow_transfer).
      ...(leg.plan.kind === 'device' ? { 'PJSIP_TRANSFER_HANDLING()': 'ari-only' } : {}),
      ...(leg.plan.unsigned ? { 'STIR_SHAKEN_ATTESTATION(suppress)': 'yes' } : {}),
      // Asterisk's own limit, counted from the channel's creation: it holds with this process dead.
      'TIMEOUT(absolute)': String(capSeconds),
    },
  };
}

/**
 * The calling number of an outbound leg is its connected line; name and number must both be set, or Asterisk fills in the
 * caller's own (measured on 22.10.1); `i`: nobody is told of it now, before there is an INVITE. It asserts who does not hide by itself (send_pai); for who does, only we know that
 * this network is trusted (RFC 3325 section 7).
 */
function callingVariables({ number, name, withheld, asserted }: Calling): Record<string, string> {
  const shown = { 'CONNECTEDLINE(num,i)': number ?? '', 'CONNECTEDLINE(name,i)': name ?? '' };
  if (!withheld) return shown;
  const hidden = { ...shown, 'CONNECTEDLINE(pres,i)': 'prohib' };
  return asserted === undefined
    ? hidden
    : {
        ...hidden,
        'PJSIP_HEADER(add,P-Asserted-Identity)': `<${asserted}>`,
        'PJSIP_HEADER(add,Privacy)': 'id',
      };
}

/** Who sent the call on, for another network. Written by us: REDIRECTING set before the dial leaves no trace (22.10.1). */
function divertingVariables({ plan, attempt }: Leg, call: Call): Record<string, string> {
  const diverting = ringPlanOf(call, attempt)?.diverting;
  return plan.kind === 'trunk' && diverting !== undefined
    ? { 'PJSIP_HEADER(add,Diversion)': `<${diverting.uri}>` }
    : {};
}
