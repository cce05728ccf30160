import { checkMove, targets } from '../../kernel/fsm.js';
import { assertNever } from '../../kernel/result.js';
import { type Call, legOf } from './call.js';
import type { CallEvent } from './call-event.js';
import { callStates } from './call-states.js';
import type { Effect } from './effect.js';
import {
  besideAnswered,
  besideHeard,
  besideSaved,
  followWith,
  serviceGivesUp,
  serviceRings,
} from './step-beside.js';
import { capExtended, capLast, moneyGranted, moneyRefused } from './step-cap.js';
import { callerEnded, legEnded, operatorEnded, timerFired } from './step-ending.js';
import { linkEffects } from './step-links.js';
import { looked } from './step-looked.js';
import { keyPressed, secondEnded } from './step-order.js';
import { legAnswered, legProgress, legRinging } from './step-progress.js';
import { announcementEnded } from './step-refuse.js';
import { type Step, still } from './step-result.js';
import { callerAnswered, callerReached, serviceEnded } from './step-serve.js';
import { bridgeFailed, bridgeReady, legCreated, legJoined, routed, saved, saveFailed } from './step-setup.js';
import { legSilent } from './step-silent.js';
import {
  partnerEnded,
  partyLeft,
  transferAnswered,
  transferAsked,
  transferFailed,
  transferJoined,
  transferLinked,
  transferorLeft,
} from './step-transfer.js';
import { memberWoken } from './step-wake.js';

/** The trace shows the first moves of a call; a machine that is driven round in circles must not fill the database. */
const MOST_MOVES = 60;

/**
 * The whole call machine: what a call becomes by an event and what is to be done then. Pure; knows no clock, no promise.
 * An event that the state table does not expect (a duplicate, one that came too late) changes nothing. Throws only when
 * a handler makes a move that is not in the table: a bug.
 */
export function step(call: Call, event: CallEvent): Step {
  const orphan = lateArrival(call, event);
  if (orphan !== undefined) return { call, effects: [orphan] };
  if (targets(callStates, call.state, event.type).length === 0) return still(call);
  const { call: next, effects: own } = partyLeft(call, event) ?? handle(call, event);
  const effects = [...own, ...linkEffects(call, next, event)];
  if (next === call) return { call, effects };
  const move = checkMove(callStates, { from: call.state, event: event.type, to: next.state });
  if (!move.ok) throw new Error(move.failure.message);
  const seenAt = 'at' in event ? Math.max(call.seenAt, event.at ?? 0) : call.seenAt;
  const moved = next.state !== call.state && call.moves.length < MOST_MOVES;
  const moves = moved ? [...call.moves, { ...move.value, at: seenAt }] : call.moves;
  return { call: { ...next, seenAt, moves }, effects };
}

/** A channel that comes to life after its leg was given up belongs to nobody: it is hung up, whatever the state. */
function lateArrival(call: Call, event: CallEvent): Effect | undefined {
  if (event.type !== 'leg.created' && event.type !== 'leg.answered') return undefined;
  const leg = legOf(call, event.leg);
  if (leg !== undefined && leg.status !== 'ended') return undefined;
  return { do: 'hangup', channel: event.leg, q850: leg?.dropped ?? 16 };
}

function handle(call: Call, event: CallEvent): Step {
  switch (event.type) {
    case 'routed':
      return routed(call, event.decision);
    case 'saved':
      return call.state === 'serving' ? besideSaved(call, event.version) : saved(call, event.version);
    case 'save.failed':
      return saveFailed(call);
    case 'bridge.ready':
      return bridgeReady(call);
    case 'bridge.failed':
      return bridgeFailed(call);
    case 'leg.created':
      return legCreated(call, event);
    case 'leg.joined':
      return legJoined(call, event.leg);
    case 'leg.ringing':
      return call.state === 'serving' ? besideHeard(call, event) : legRinging(call, event);
    case 'leg.progress':
      return call.state === 'serving' ? besideHeard(call, event) : legProgress(call, event);
    case 'leg.answered':
      return call.state === 'serving' ? besideAnswered(call, event) : legAnswered(call, event);
    case 'leg.ended':
      return legEnded(call, event);
    case 'caller.ended':
      return callerEnded(call, event);
    case 'timer.fired':
      return timerFired(call, event.timer, event.attempt);
    case 'leg.heard':
      return still(call);
    case 'leg.silent':
      return legSilent(call, event.leg);
    case 'announcement.ended':
      return announcementEnded(call, event.failed);
    case 'caller.answered':
      return callerAnswered(call, event.at);
    case 'caller.reached':
      return callerReached(call);
    case 'service.rings':
      return serviceRings(call, event);
    case 'service.gives-up':
      return serviceGivesUp(call);
    case 'service.follows':
      return followWith(call, event.serve);
    case 'member.woken':
      return memberWoken(call, event);
    case 'key.pressed':
      return keyPressed(call, event.digit);
    case 'second.ended':
      return secondEnded(call, event);
    case 'service.ended':
      return serviceEnded(call, event.q850);
    case 'money.granted':
      return moneyGranted(call, event);
    case 'money.refused':
      return moneyRefused(call, event);
    case 'cap.extended':
      return capExtended(call, event);
    case 'cap.last':
      return capLast(call, event);
    case 'transfer.asked':
      return transferAsked(call, event);
    case 'transfer.linked':
      return transferLinked(call, event);
    case 'transfer.answered':
      return transferAnswered(call, event);
    case 'transfer.failed':
      return transferFailed(call, event);
    case 'transferor.left':
      return transferorLeft(call);
    case 'transfer.joined':
      return transferJoined(call, event);
    case 'partner.ended':
      return partnerEnded(call, event);
    case 'operator.ended':
      return operatorEnded(call);
    case 'looked':
      return looked(call, event);
    default:
      return assertNever(event);
  }
}
