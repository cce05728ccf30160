import { type Call, winnerOf } from './call.js';
import { bridgeOf } from './ids.js';
import { spokenLanguageOf } from './language.js';

/** Where the talk of a call is heard: the channel of whom the caller talks with. */
export interface Talk {
  readonly channel: string;
  readonly bridge: string;
  /** What the caller is told things in. */
  readonly language: string;
}

/** Undefined while nobody talks, for calls for help, and where a transfer has taken the talk elsewhere. */
export function talkOf(call: Call | undefined): Talk | undefined {
  if (call?.state !== 'talking' || call.plan?.emergency !== false || call.order !== undefined)
    return undefined;
  if (call.bridge !== 'ready' || call.transfer !== undefined) return undefined;
  const winner = winnerOf(call);
  if (winner === undefined) return undefined;
  return {
    channel: winner.channel,
    bridge: bridgeOf(call.id),
    language: spokenLanguageOf(call.language ?? 'en'),
  };
}
