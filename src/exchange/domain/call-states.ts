import { defineStates } from '../../kernel/fsm.js';
import type { CallEventType } from './call-event.js';

/**
 * - `routing`: the verdict on what was dialled is awaited.
 * - `preparing`: connect was decided; record, bridge and the first legs are under way, nothing was dialled.
 * - `dialling`, `ringing`, `early`: the current attempt is under way; what the caller hears is in the name.
 * - `talking`: one leg answered.
 * - `serving`: the exchange has taken the call itself, for a service of its own.
 * - `refusing`: the ending is decided, and the caller is being told why, before any answer.
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
  | 'serving'
  | 'refusing'
  | 'clearing'
  | 'ended';

/**
 * The ending is decided while the caller is there: he is told why, or gets the cause at once; or, where a transfer lent him, he
 * is given back and nothing is left.
 */
const refused = ['refusing', 'clearing', 'ended'] as const;
/** Nothing more is said to him, and perhaps nothing of the call is left. */
const gone = ['clearing', 'ended'] as const;

/** A transfer asked for too early is declined; the news that nobody takes the caller back any more is noted. */
const untalked = <S extends CallState>(here: S) =>
  ({ 'transfer.asked': here, 'transferor.left': here }) as const;

/** While an attempt is under way; `here` is the state itself, `heard` what it may become by what the far end sends. */
const attempting = <S extends CallState>(here: S) =>
  ({
    ...untalked(here),
    saved: here,
    'bridge.ready': here,
    'bridge.failed': refused,
    'leg.created': here,
    'leg.joined': here,
    'leg.heard': here,
    'leg.silent': here,
    'leg.ringing': here === 'early' ? 'early' : 'ringing',
    'leg.progress': ['early', 'ringing'],
    'leg.answered': ['talking', here],
    'leg.ended': [here, 'dialling', 'serving', ...refused],
    'member.woken': here,
    'money.granted': here,
    'money.refused': refused,
    'timer.fired': [here, 'dialling', 'serving', ...refused],
    'caller.ended': gone,
    'operator.ended': gone,
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
      routed: ['preparing', ...refused],
      'caller.ended': 'ended',
    },
    preparing: {
      ...untalked('preparing'),
      saved: ['preparing', 'dialling', 'serving'],
      'save.failed': refused,
      'bridge.ready': ['preparing', 'dialling'],
      'bridge.failed': refused,
      'leg.created': ['preparing', 'dialling'],
      'leg.joined': ['preparing', 'dialling'],
      'leg.ringing': 'ringing',
      'leg.progress': ['early', 'ringing'],
      'leg.answered': ['talking', 'preparing'],
      'leg.ended': ['preparing', 'dialling', 'serving', ...refused],
      'member.woken': 'preparing',
      'money.granted': ['preparing', 'dialling'],
      'money.refused': refused,
      'timer.fired': ['preparing', 'dialling', 'serving', ...refused],
      'caller.ended': gone,
      'operator.ended': gone,
      looked: ['preparing', 'dialling', 'serving'],
    },
    dialling: attempting('dialling'),
    ringing: attempting('ringing'),
    // Who heard the far network's own voice is not told in words what it said.
    early: {
      ...attempting('early'),
      'bridge.failed': 'clearing',
      'leg.progress': 'early',
      'leg.ended': ['dialling', 'serving', 'clearing'],
      'money.refused': 'clearing',
      'timer.fired': 'early',
      'caller.ended': 'clearing',
    },
    talking: {
      saved: 'talking',
      'bridge.ready': 'talking',
      'bridge.failed': 'clearing',
      'leg.created': 'talking',
      'leg.joined': 'talking',
      'leg.answered': 'talking',
      'leg.ended': ['talking', 'serving', ...gone],
      'service.follows': ['serving', 'talking'],
      'money.granted': ['talking', ...gone],
      'money.refused': gone,
      'cap.extended': 'talking',
      'cap.last': 'talking',
      'timer.fired': 'talking',
      'caller.ended': ['talking', ...gone],
      'transfer.asked': 'talking',
      'transfer.linked': 'talking',
      'transfer.answered': 'talking',
      'transfer.failed': ['talking', ...gone],
      'transfer.joined': 'talking',
      'partner.ended': gone,
      'operator.ended': gone,
      'second.ended': 'talking',
      'key.pressed': 'talking',
      'service.ended': gone,
      looked: 'talking',
    },
    serving: {
      ...untalked('serving'),
      saved: 'serving',
      'bridge.ready': 'serving',
      'bridge.failed': 'serving',
      'caller.answered': 'serving',
      'caller.reached': 'serving',
      'service.ended': 'clearing',
      'service.rings': 'serving',
      'service.gives-up': 'serving',
      'leg.created': 'serving',
      'leg.ringing': 'serving',
      'leg.progress': 'serving',
      'leg.answered': ['talking', 'serving'],
      'leg.ended': 'serving',
      'timer.fired': 'serving',
      'caller.ended': gone,
      'operator.ended': gone,
      looked: 'serving',
    },
    refusing: {
      ...untalked('refusing'),
      'bridge.ready': 'refusing',
      'bridge.failed': 'refusing',
      'leg.created': 'refusing',
      'leg.answered': 'refusing',
      'leg.ended': 'refusing',
      'announcement.ended': ['refusing', 'clearing'],
      'timer.fired': 'clearing',
      'caller.ended': gone,
      looked: 'refusing',
    },
    clearing: {
      'bridge.ready': gone,
      'bridge.failed': gone,
      'leg.created': 'clearing',
      'leg.answered': 'clearing',
      'leg.ended': gone,
      'caller.ended': gone,
      'timer.fired': 'clearing',
      looked: 'clearing',
    },
    ended: {},
  },
});
