import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { type EventOf, event } from '../../../src/events.js';
import { nodeAri } from './idle.js';
import { until } from './voicemail.js';

type Wanted = EventOf<'call-order.wanted'>;

/** An order as another module wants it: an event in the outbox. @returns its id. */
export async function wantCall(
  db: pg.Client,
  wanted: Pick<Wanted, 'ring' | 'onAnswer'> & Partial<Wanted>,
): Promise<string> {
  const orderId = wanted.orderId ?? randomUUID();
  const { topic, payload } = event('call-order.wanted', {
    purpose: 'e-e',
    account: { kind: 'house' },
    language: 'ko',
    ringSeconds: 20,
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
    ...wanted,
    orderId,
  });
  await db.query('INSERT INTO outbox (id, topic, payload) VALUES ($1, $2, $3)', [
    randomUUID(),
    topic,
    JSON.stringify(payload),
  ]);
  await db.query(`SELECT pg_notify('outbox', '')`);
  return orderId;
}

/** What everybody is told of it, once. */
export const orderEnded = (db: pg.Client, orderId: string): Promise<EventOf<'call-order.ended'>> =>
  until('the end of the call order', async () => {
    const { rows } = await db.query<{ payload: EventOf<'call-order.ended'> }>(
      `SELECT payload FROM outbox WHERE topic = 'call-order.ended' AND payload ->> 'orderId' = $1`,
      [orderId],
    );
    return rows[0]?.payload;
  });

export const callOf = (db: pg.Client, orderId: string): Promise<string> =>
  until('the call of the order', async () => {
    const { rows } = await db.query<{ id: string }>(
      `SELECT call_id AS id FROM call_order WHERE id = $1 AND state = 'taken'`,
      [orderId],
    );
    return rows[0]?.id;
  });

const LOOK_AGAIN_MS = 15;

/** Everything that the service of a call says, in order and in which language, until `over`. */
export async function spokenIn(callId: string, over: Promise<unknown>): Promise<readonly string[]> {
  const spoken: string[] = [];
  let ended = false;
  const end = over.finally(() => {
    ended = true;
  });
  let playback = 1;
  while (!ended) {
    const now = await playing(`${callId}.s${playback}`);
    const next = now ?? (await playing(`${callId}.s${playback + 1}`));
    if (now === undefined && next !== undefined) playback++;
    if (next !== undefined && spoken.at(-1) !== next) spoken.push(next);
    await pause(LOOK_AGAIN_MS);
  }
  await end;
  return spoken;
}

async function playing(id: string): Promise<string | undefined> {
  const { url, username, password } = nodeAri();
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const answer = await fetch(new URL(`/ari/playbacks/${id}`, url), { headers: { authorization } });
  if (!answer.ok) return undefined;
  const { media_uri, language, state } = (await answer.json()) as Record<string, string>;
  return state === 'playing' || state === 'continuing' ? `${language} ${media_uri}` : undefined;
}
