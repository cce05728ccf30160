import { defineStates } from '../../kernel/fsm.js';
import type { CallEventType } from './call-event.js';

/**
 * - `routing`: the verdict on what was dialled is awaited.
 * - `preparing`: connect was decided; record, bridge and the first legs are under way, nothing was dialled.
 * - `dialling`, `ringing`, `early`: the current attempt is under way; what the caller hears is in the name.
 * - `talking`: one leg answered.
 * - `clearing`: the ending is decided; the last channels are going away.
 * - `ended`: nothing is left in Asterisk and the final record is on its way.
 */
export type CallState =
  | 'routing'
  | 'preparing'
  | 'dialling'
  | 'ringing'
  | 'early'
  | 'talking'
  | 'clearing'
  | 'ended';

/** What any event may do to a call that is being set up: its last leg may fail, and with it the call. */
const over = ['clearing', 'ended'] as const;
const underWay = ['dialling', 'ringing', 'early'] as const;

/** A transfer asked for too early is declined; the news that nobody takes the caller back any more is noted. */
const untalked = <S extends CallState>(here: S) =>
  ({ 'transfer.asked': here, 'transferor.left': here }) as const;

/** While an attempt is under way; `here` is the state itself, `heard` what it may become by what the far end sends. */
const attempting = <S extends CallState>(here: S) =>
  ({
    ...untalked(here),
    saved: here,
    'bridge.ready': here,
    'bridge.failed': over,
    'leg.created': here,
    'leg.joined': here,
    'leg.ringing': here === 'early' ? 'early' : 'ringing',
    'leg.progress': ['early', 'ringing'],
    'leg.answered': ['talking', here],
    'leg.ended': [...underWay, ...over],
    'timer.fired': [...underWay, ...over],
    'caller.ended': over,
    looked: here,
  }) as const;

/** Where each event may lead (docs/call-states.md is printed from it). Sound, or the process does not start. */
export const callStates = defineStates<CallState, CallEventType>({
  name: 'call',
  initial: 'routing',
  final: ['ended'],
  moves: {
    routing: {
      ...untalked('routing'),
      routed: ['preparing', ...over],
      'caller.ended': over,
    },
    preparing: {
      ...untalked('preparing'),
      saved: ['preparing', 'dialling'],
      'save.failed': over,
      'bridge.ready': 'preparing',
      'bridge.failed': over,
      'leg.created': ['preparing', 'dialling'],
      'leg.joined': ['preparing', 'dialling'],
      'leg.ringing': 'ringing',
      'leg.progress': ['early', 'ringing'],
      'leg.answered': ['talking', 'preparing'],
      'leg.ended': ['preparing', ...over],
      'timer.fired': ['preparing', ...over],
      'caller.ended': over,
      looked: ['preparing', 'dialling'],
    },
    dialling: attempting('dialling'),
    ringing: attempting('ringing'),
    early: attempting('early'),
    talking: {
      saved: 'talking',
      'bridge.ready': 'talking',
      'bridge.failed': over,
      'leg.created': 'talking',
      'leg.joined': 'talking',
      'leg.answered': ['talking', 'preparing'],
      'leg.ended': ['talking', ...over],
      'caller.ended': ['talking', ...over],
      'transfer.asked': 'talking',
      'transfer.linked': 'talking',
      'transfer.answered': 'talking',
      'transfer.failed': ['talking', ...over],
      'transfer.joined': 'talking',
      'partner.ended': over,
      looked: 'talking',
    },
    clearing: {
      'bridge.ready': over,
      'bridge.failed': over,
      'leg.created': 'clearing',
      'leg.answered': 'clearing',
      'leg.ended': over,
      'caller.ended': over,
      'timer.fired': 'clearing',
      looked: 'clearing',
    },
    ended: {},
  },
});
