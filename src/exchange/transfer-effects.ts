import type { AriPort } from '../infra/ari/ari.port.js';
import { assertNever } from '../kernel/result.js';
import type { Effect } from './domain/effect.js';

export type TransferEffect = Extract<Effect, { do: 'leave-bridge' | 'move' | 'tell-transferor' }>;

/** Asks Asterisk what a transfer needs. Returns whether what was asked is sure to be so, or soon told. */
export async function performTransfer(effect: TransferEffect, ari: AriPort): Promise<'done' | 'doubt'> {
  switch (effect.do) {
    case 'leave-bridge':
      // Whatever came of it, the bridge that it is put into next takes it out of this one.
      await ari.removeFromBridge(effect.bridge, [effect.channel]);
      return 'done';
    case 'move': {
      const outcome = await ari.addToBridge(effect.bridge, [effect.channel]);
      return outcome.kind === 'done' ? 'done' : 'doubt';
    }
    case 'tell-transferor': {
      // A phone that is not told in time gives up waiting by itself (its subscription ends with the channel).
      await ari.transferProgress(effect.channel, effect.progress);
      if (effect.hangup === undefined) return 'done';
      const { kind } = await ari.hangup(effect.channel, effect.hangup);
      return kind === 'done' || kind === 'gone' ? 'done' : 'doubt';
    }
    default:
      return assertNever(effect);
  }
}
