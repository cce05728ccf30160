import { randomUUID } from 'node:crypto';
import type { AriConnection } from './ari-connection.js';
import { isChannelEvent } from './ari-events.js';

/** Shortest tone that counts as heard, milliseconds of received audio. */
const HEARD_MS = 200;
/**
 * Waits until Asterisk's detector (res_tonedetect) recognises the frequency in the audio that the channel receives:
 * that is, in RTP packets that really arrived. It listens through a snoop channel, so it works on calls that the driver
 * doesn't control, and several tones can be listened for at once.
 * @returns Asterisk's time of the recognition.
 */
export async function hearTone(
  ari: AriConnection,
  channelId: string,
  { hz, within }: { readonly hz: number; readonly within: number },
): Promise<Date> {
  const snoopId = `ear-${randomUUID()}`;
  const ear = (what: string, types: ReadonlySet<string>) =>
    ari.events.first(
      what,
      (event) => isChannelEvent(event) && event.channel.id === snoopId && types.has(event.type),
      { within },
    );
  await ari.post(`/channels/${channelId}/snoop/${snoopId}?spy=in&app=${ari.app}&appArgs=ear`);
  try {
    await ear('an ear at the channel', started);
    const detector = new URLSearchParams({ variable: `TONE_DETECT(${hz},${HEARD_MS},re)`, value: '' });
    await ari.post(`/channels/${snoopId}/variable?${detector}`);
    const event = await ear(`tone of ${hz} Hz`, finished);
    if (event.type !== 'ChannelToneDetected') throw new Error(`the call ended before ${hz} Hz was heard`);
    return new Date(event.timestamp);
  } finally {
    await ari.deleteIfThere(`/channels/${snoopId}`);
  }
}

const started: ReadonlySet<string> = new Set(['StasisStart', 'ChannelDestroyed']);
const finished: ReadonlySet<string> = new Set(['ChannelToneDetected', 'ChannelDestroyed']);
