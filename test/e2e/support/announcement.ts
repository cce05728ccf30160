import { setTimeout as pause } from 'node:timers/promises';
import { callIdOf, playbackOf } from '../../../src/exchange/domain/ids.js';
import { DEADLINE_MS } from '../../lab/history.js';
import { nodeAri } from './idle.js';

export interface Announcement {
  /** `sound:anydial/<name>`. */
  readonly media: string;
  readonly language: string;
}

interface Playback {
  readonly media_uri: string;
  readonly next_media_uri?: string;
  readonly language: string;
  readonly state: string;
}

const LOOK_AGAIN_MS = 20;
/** A piece of music between two tellings of his place, where a queue's `announce_seconds` is least. */
const PLACES_APART_MS = 12_000;

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

/** A waiting caller is told his place again and again; the language in which he hears it is this number. */
export async function languageOfPlace(callId: string, place: number): Promise<string> {
  const wanted = `sound:anydial/n-${place}`;
  const deadline = Date.now() + PLACES_APART_MS + DEADLINE_MS;
  for (let at = 1; Date.now() < deadline; ) {
    const found = await get<Playback>(`/playbacks/${callId}.s${at}`);
    if (found?.media_uri === wanted || found?.next_media_uri === wanted) return found.language;
    // What has been played is gone; what comes next has the next number.
    if (found === undefined && (await get(`/playbacks/${callId}.s${at + 1}`)) !== undefined) at++;
    await pause(LOOK_AGAIN_MS);
  }
  throw new Error(`nobody is told that he is number ${place}`);
}

async function look(): Promise<Announcement | undefined> {
  const channels = (await get<readonly { id: string; creationtime: string }[]>('/channels')) ?? [];
  for (const { id, creationtime } of channels) {
    const callId = callIdOf(process.env['ANYDIAL_INSTANCE'] ?? '', id, Date.parse(creationtime));
    const playback = await get<Playback>(`/playbacks/${playbackOf(callId)}`);
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
