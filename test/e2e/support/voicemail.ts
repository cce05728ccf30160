import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { LabAsterisk } from '../../lab/lab-asterisk.js';
import type { LabCall } from '../../lab/lab-call.js';
import { header, type SipMessage } from '../../lab/sip-message.js';

/** The tone before a recording (asterisk/sounds/build.sh). */
export const BEEP_HZ = 1_400;
const LOOK_AGAIN_MS = 50;
/** Greeting and menus of espeak-ng take their time. */
export const SPOKEN_MS = 40_000;
const DEADLINE_MS = 20_000;

export interface MessageRow {
  readonly id: string;
  readonly caller: string | null;
  readonly durationMs: number;
  readonly heard: boolean;
}

export async function messagesOf(db: pg.Client, username: string): Promise<readonly MessageRow[]> {
  const { rows } = await db.query<MessageRow>(
    `SELECT v.id, v.caller_number AS caller, v.duration_ms AS "durationMs", v.heard_at IS NOT NULL AS heard
       FROM voice_message v JOIN device d ON d.member_id = v.mailbox WHERE d.username = $1 ORDER BY v.received_at`,
    [username],
  );
  return rows;
}

/** Looks until it is so; a row or a file tells nobody when it comes. */
export async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not come`);
    await pause(LOOK_AGAIN_MS);
  }
}

export const messages = (db: pg.Client, username: string, count: number): Promise<readonly MessageRow[]> =>
  until(`${count} messages`, async () => {
    const found = await messagesOf(db, username);
    return found.length === count ? found : undefined;
  });

export const memberOf = async (db: pg.Client, username: string): Promise<string> => {
  const { rows } = await db.query<{ id: string }>('SELECT member_id AS id FROM device WHERE username = $1', [
    username,
  ]);
  return rows[0]?.id ?? '';
};

const directoryOf = (mailbox: string): string =>
  join(process.env['ANYDIAL_STATE_DIR'] ?? '', 'asterisk/spool/recording/voicemail', mailbox);

/** Resolves when no message of this mailbox waits for the database any more. */
export const nothingWaits = (mailbox: string): Promise<true> =>
  until('an empty waiting room', () =>
    readdirSync(directoryOf(mailbox)).some((name) => name.endsWith('.json')) ? undefined : true,
  );

/** Resolves when so many bytes of this call's message are on the disk: 16,000 are a second. */
export async function recorded(mailbox: string, callId: string, bytes: number): Promise<void> {
  const path = join(directoryOf(mailbox), `${callId}.wav`);
  await until(`${bytes} bytes of ${path}`, () => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return size >= bytes ? true : undefined;
  });
}

/** The call that is open now. */
export const openCall = (db: pg.Client): Promise<string> =>
  until('an open call', async () => {
    const { rows } = await db.query<{ id: string }>('SELECT id FROM call WHERE ended_at IS NULL');
    return rows.length === 1 ? rows[0]?.id : undefined;
  });

/** A caller who hears the greeting to its end and speaks at 700 Hz; resolves when two seconds of it are recorded. */
export async function listensAndSpeaks(call: LabCall, db: pg.Client, mailbox: string): Promise<string> {
  await call.answered({ within: SPOKEN_MS });
  await call.hearsTone(BEEP_HZ, { within: SPOKEN_MS });
  return speaks(call, db, mailbox);
}

/** The same without the greeting: `#` goes past it. */
export async function skipsAndSpeaks(call: LabCall, db: pg.Client, mailbox: string): Promise<string> {
  await call.answered({ within: SPOKEN_MS });
  await call.sendDtmf('#');
  await recorded(mailbox, await openCall(db), 1);
  return speaks(call, db, mailbox);
}

async function speaks(call: LabCall, db: pg.Client, mailbox: string): Promise<string> {
  await call.playTone(700);
  const id = await openCall(db);
  await recorded(mailbox, id, 40_000);
  return id;
}

/** The next NOTIFY to a phone, from `since` on, that says how many new and old messages wait (RFC 3842). */
export async function lamp(
  lab: LabAsterisk,
  username: string,
  wanted: { waiting: boolean; counts: string },
  since: number,
): Promise<SipMessage> {
  return lab.wire.messages.first(
    `NOTIFY of ${wanted.counts} to ${username}`,
    (message) =>
      message.method === 'NOTIFY' &&
      (message.requestUri ?? '').includes(`sip:${username}@`) &&
      header(message, 'event') === 'message-summary' &&
      message.body.includes(`Messages-Waiting: ${wanted.waiting ? 'yes' : 'no'}`) &&
      message.body.includes(`Voice-Message: ${wanted.counts}`),
    { since, within: DEADLINE_MS },
  );
}

/** Power of one frequency among all in 16-bit linear WAV at 8 kHz, 0 to 1 (Goertzel's algorithm). */
export function toneShare(wav: Buffer, hz: number): number {
  const samples = new Int16Array(
    wav.subarray(44).buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length - (wav.length % 2)),
  );
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / 8_000);
  let [before, last, energy] = [0, 0, 0];
  for (const sample of samples) {
    [before, last] = [last, sample + coefficient * last - before];
    energy += sample * sample;
  }
  const power = last * last + before * before - coefficient * last * before;
  return energy === 0 ? 0 : (2 * power) / (samples.length * energy);
}
