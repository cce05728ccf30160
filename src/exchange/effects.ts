import type { AriOutcome, AriPort } from '../infra/ari/ari.port.js';
import { assertNever } from '../kernel/result.js';
import type { Call } from './domain/call.js';
import type { CallEvent } from './domain/call-event.js';
import { q850 } from './domain/causes.js';
import type { Effect } from './domain/effect.js';
import { announce, cap, take } from './effects-caller.js';
import { legRequest } from './leg-variables.js';
import { performTransfer } from './transfer-effects.js';

/** Effects that are requests to Asterisk. */
export type AriEffect = Exclude<
  Effect,
  {
    do:
      | 'route'
      | 'save'
      | 'start-timer'
      | 'stop-timer'
      | 'stop-timers'
      | 'reconcile'
      | 'serve'
      | 'stop-service'
      | 'reserve'
      | 'extend'
      | 'open-transfer'
      | 'tell-call';
  }
>;

/**
 * What came of a request: events to tell the call, or `doubt`: nobody knows whether it was carried out, or it could not
 * be because something is gone whose event has not come yet. Then we look.
 */
export type Performed = readonly CallEvent[] | 'doubt';

const NOTHING: readonly CallEvent[] = [];

/** Asks Asterisk. Never rejects: `AriPort` answers with outcomes. */
export async function perform(effect: AriEffect, call: Call, ari: AriPort): Promise<Performed> {
  switch (effect.do) {
    case 'create-leg':
      return created(await ari.createLeg(legRequest(effect, call)), effect.leg.channel, call);
    case 'create-bridge':
      return bridged(await ari.createBridge(effect.bridge, 'mixing'));
    case 'join':
      return joined(effect, ari);
    case 'dial':
      return sure(await ari.dial(effect.leg, { timeoutSeconds: effect.withinSeconds }));
    case 'answer':
      return sure(await ari.answer(effect.channel));
    case 'hangup': {
      const outcome = await ari.hangup(effect.channel, effect.q850);
      // `gone`: its last event is on its way; the clearing timer looks if it does not come.
      return outcome.kind === 'gone' ? NOTHING : sure(outcome);
    }
    case 'probe':
      return heard(await ari.getVar(effect.leg, ANY_RESPONSE), effect.leg);
    case 'announce':
      return announce(effect, ari);
    case 'take':
      return take(effect, ari);
    case 'cap':
      return cap(effect, ari);
    case 'warn':
      await ari.play({ bridgeId: effect.bridge }, `${effect.bridge}w`, [effect.media], effect.language);
      return NOTHING;
    case 'ring':
      await ari.ring(effect.channel);
      return NOTHING;
    case 'destroy-bridge':
      // An empty bridge that stays is swept by the next look.
      await ari.destroyBridge(effect.bridge);
      return NOTHING;
    case 'leave-bridge':
    case 'move':
    case 'tell-transferor':
      return (await performTransfer(effect, ari)) === 'done' ? NOTHING : 'doubt';
    default:
      return assertNever(effect);
  }
}

async function joined(effect: Extract<Effect, { do: 'join' }>, ari: AriPort): Promise<Performed> {
  const { bridge, caller, leg, dialWithin } = effect;
  const outcomes =
    dialWithin === undefined
      ? [await ari.addToBridge(bridge, [caller, leg])]
      : await ari.joinAndDial(bridge, [caller, leg], { leg, timeoutSeconds: dialWithin });
  return outcomes.every(({ kind }) => kind === 'done') ? [{ type: 'leg.joined', leg }] : 'doubt';
}

/**
 * chan_pjsip keeps the latest response of each far end, provisional ones too, under the channel's name; with none there is
 * no name (func_hangupcause; measured on 22.10.1: a 100 makes it appear).
 */
const ANY_RESPONSE = 'HANGUPCAUSE_KEYS()';

/** Whoever can't be asked is believed to be there: the progress timer minds him. */
function heard(outcome: AriOutcome<string>, leg: string): Performed {
  if (outcome.kind !== 'done') return NOTHING;
  return [{ type: outcome.value === '' ? 'leg.silent' : 'leg.heard', leg }];
}

const sure = (outcome: AriOutcome): Performed => (outcome.kind === 'done' ? NOTHING : 'doubt');

/** A leg that Asterisk refuses to make never rings: a device without a contact (20), a trunk that is not there (34). */
function created(outcome: AriOutcome, channel: string, call: Call): Performed {
  if (outcome.kind === 'done') return NOTHING;
  if (outcome.kind !== 'rejected') return 'doubt';
  const kind = call.legs.find((leg) => leg.channel === channel)?.plan.kind;
  const cause = kind === 'device' ? q850.absent : q850.congestion;
  return [{ type: 'leg.ended', leg: channel, at: call.seenAt, q850: cause }];
}

function bridged(outcome: AriOutcome): Performed {
  if (outcome.kind === 'unknown') return 'doubt';
  return [{ type: outcome.kind === 'done' ? 'bridge.ready' : 'bridge.failed' }];
}
