import { setTimeout as pause } from 'node:timers/promises';
import { callIdOf, playbackOf } from '../../../src/exchange/domain/ids.js';
import { DEADLINE_MS } from '../../lab/history.js';
import { nodeAri } from './idle.js';

export interface Announcement {
  /** `sound:anydial/<name>`. */
  readonly media: string;
  readonly language: string;
}

const LOOK_AGAIN_MS = 20;

/**
 * What the exchange is telling the only caller there is, as the node plays it. Asterisk tells the start of a playback to the
 * exchange alone, so this looks again and again.
 */
export async function announcementNow(): Promise<Announcement> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error('nothing is announced');
    await pause(LOOK_AGAIN_MS);
  }
}

async function look(): Promise<Announcement | undefined> {
  const channels = (await get<readonly { id: string; creationtime: string }[]>('/channels')) ?? [];
  for (const { id, creationtime } of channels) {
    const callId = callIdOf(process.env['ANYDIAL_INSTANCE'] ?? '', id, Date.parse(creationtime));
    const playback = await get<{ media_uri: string; language: string; state: string }>(
      `/playbacks/${playbackOf(callId)}`,
    );
    if (playback?.state === 'playing') return { media: playback.media_uri, language: playback.language };
  }
  return undefined;
}

async function get<T>(path: string): Promise<T | undefined> {
  const { url, username, password } = nodeAri();
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const answer = await fetch(new URL(`/ari${path}`, url), { headers: { authorization } });
  return answer.ok ? ((await answer.json()) as T) : undefined;
}
