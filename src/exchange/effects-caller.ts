import type { AriPort } from '../infra/ari/ari.port.js';
import type { CallEvent } from './domain/call-event.js';
import type { Effect } from './domain/effect.js';
import type { Performed } from './effects.js';

type Of<D extends Effect['do']> = Extract<Effect, { do: D }>;

const NOTHING: readonly CallEvent[] = [];
const SILENT: readonly CallEvent[] = [{ type: 'announcement.ended', failed: false }];

/**
 * Early media to the caller alone: 183, then the recording. In a bridge a playback to one of its channels would wait until
 * that one leaves it (measured), so he leaves it first. Its end comes as an event; where anything is refused there is none.
 */
export async function announce(effect: Of<'announce'>, ari: AriPort): Promise<Performed> {
  const { channel, playback, media, language } = effect;
  await leave(effect, ari);
  const progress = await ari.progress(channel);
  if (progress.kind !== 'done') return SILENT;
  const played = await ari.play({ channelId: channel }, playback, [media], language);
  return played.kind === 'done' ? NOTHING : SILENT;
}

/** The answer itself is told by the channel's state; early media is there when it was asked for. */
export async function take(effect: Of<'take'>, ari: AriPort): Promise<Performed> {
  await leave(effect, ari);
  const { channel, late = false } = effect;
  const [limited, answered] = [
    await ari.setVars(channel, { 'TIMEOUT(absolute)': String(effect.capSeconds) }),
    await (late ? ari.progress(channel) : ari.answer(channel)),
  ];
  if (limited.kind !== 'done' || answered.kind !== 'done') return 'doubt';
  return late ? [{ type: 'caller.reached' }] : NOTHING;
}

/** Asterisk's own limit, counted from now: it holds with this process dead. Asked once more when nobody knows whether it arrived. */
export async function cap({ channel, seconds }: Of<'cap'>, ari: AriPort): Promise<Performed> {
  const set = () => ari.setVars(channel, { 'TIMEOUT(absolute)': seconds.toFixed(3) });
  const outcome = await set();
  if (outcome.kind === 'unknown') await set();
  // `gone`: its end is on its way.
  return NOTHING;
}

/** He may not be in it (any more): that is as good. */
async function leave({ bridge, channel }: { bridge?: string; channel: string }, ari: AriPort): Promise<void> {
  if (bridge !== undefined) await ari.removeFromBridge(bridge, [channel]);
}
