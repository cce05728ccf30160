import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import type { LabPhone } from '../lab/lab-phone.js';
import { type Answer, ask, type SignedIn } from '../support/http-client.js';
import { callOf, spokenIn } from './support/call-order.js';
import { hearEachOther, talking } from './support/talk.js';
import { SPOKEN_MS, until } from './support/voicemail.js';
import { inWorld } from './support/world.js';

/** A telephone in Seoul that the lab's gateway reaches, and the PIN that embeds it. */
const TELEPHONE = '+82262007788';
const LOCAL = '0262007788';
const PIN = '0262007788082';
const EMAIL = `park-${randomBytes(4).toString('hex')}@e2e.example`;
const PASSWORD = 'correct horse battery';
const MAC = '80:5e:c0:12:34:56';

let memberId = '';
const world = inWorld({
  noRows: async (db) => {
    await db.query('DELETE FROM number_assignment WHERE key = $1', [PIN]);
    await db.query('UPDATE user_account SET member_id = NULL, disabled_at = now() WHERE email = $1', [EMAIL]);
    await db.query('DELETE FROM member WHERE id::text = $1', [memberId]);
  },
});

let signedIn: SignedIn;
const rest = (route: string, body?: unknown): Promise<Answer> =>
  ask(process.env['PUBLIC_URL'] ?? '', route, {
    headers: signedIn?.page ?? {},
    ...(body === undefined ? {} : { body }),
  });
const bodyOf = <T>({ status, text, body }: Answer): T => {
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body as T;
};

/** The code in the mail that the worker wrote: there is no mail server here. */
const mailedCode = (ticket: string): Promise<string> =>
  until('the mail', () => {
    const file = join(process.env['ANYDIAL_STATE_DIR'] ?? '', 'mail', `code.${ticket}.1.eml`);
    return existsSync(file)
      ? /^Subject: ([2-9A-HJ-NP-Z]{8})/m.exec(readFileSync(file, 'utf8'))?.[1]
      : undefined;
  });

async function signUp(): Promise<void> {
  const consents = ['terms', 'privacy'].map((purpose) => ({ purpose, version: '2026-11' }));
  const wanted = { email: EMAIL, password: PASSWORD, language: 'en', consents };
  const { id } = bodyOf<{ id: string }>(await rest('POST /v1/sign-ups', wanted));
  const made = await rest(`POST /v1/sign-ups/${id}/confirmation`, { code: await mailedCode(id) });
  const { csrfToken } = bodyOf<{ csrfToken: string }>(made);
  const cookie = made.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  signedIn = { cookie: { cookie }, page: { cookie, 'x-csrf-token': csrfToken }, csrfToken };
}

/** What a shop does when the number is paid: the PIN is the member's, its telephone is not proved. */
async function sellPin(): Promise<void> {
  const db = world.records.client;
  const id = newId();
  await db.query(
    `INSERT INTO number_assignment (id, key, kind, ccc, region, area_number, display, holder_id)
     VALUES ($1, $2, 'pin', '082', 'KR', $3, '02-6200-7788-082', $4)`,
    [id, PIN, LOCAL, memberId],
  );
  await db.query(`INSERT INTO number_shadow (assignment_id, country, e164) VALUES ($1, 'KR', $2)`, [
    id,
    TELEPHONE,
  ]);
}

const shadowProved = async (): Promise<boolean> =>
  (
    await world.records.client.query(
      'SELECT FROM number_shadow WHERE e164 = $1 AND verified_at IS NOT NULL',
      [TELEPHONE],
    )
  ).rowCount === 1;

let phone: LabPhone;

describe('a new member', () => {
  it('signs up by mail, plugs a desk phone in that fetches its settings, and is called: within a minute', async () => {
    const started = performance.now();
    await signUp();
    const member = { kind: 'person', name: 'Park Jin', language: 'ko', country: 'KR', area: '02' };
    memberId = bodyOf<{ id: string }>(await rest('POST /v1/members', member)).id;
    await sellPin();
    const device = { label: 'desk', locationNumber: TELEPHONE };
    const { id } = bodyOf<{ id: string }>(await rest(`POST /v1/members/${memberId}/devices`, device));
    const wanted = { vendor: 'yealink', mac: MAC };
    const { url, file } = bodyOf<{ url: string; file: string }>(
      await rest(`POST /v1/members/${memberId}/devices/${id}/provisioning`, wanted),
    );
    const settings = await (await fetch(`${url}${file}`)).text();
    const setting = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(settings)?.[1] ?? '';
    phone = await world.lab.phone({
      username: setting('account\\.1\\.user_name'),
      secret: setting('account\\.1\\.password'),
    });
    expect(setting('account\\.1\\.sip_server\\.1\\.port')).toBe(process.env['SIP_PORT']);
    expect(await phone.register()).toMatchObject({ status: 200 });
    const talk = await talking(world.phoneA, phone, PIN);
    expect(performance.now() - started).toBeLessThan(60_000);
    await hearEachOther(talk);
    await talk.call.hangup();
    await talk.arrived.ended();
  });

  it('proves a telephone by the code that a call speaks to it: from then on calls to that telephone are his', async () => {
    const gateway = world.lab.role('gw-kr');
    const before = await world.phoneA.dial(LOCAL);
    const outside = await gateway.incoming();
    expect(outside.number).toBe(LOCAL);
    await before.hangup();
    await outside.ended();

    const begun = bodyOf<{ id: string; call: { id: string } }>(
      await rest('POST /v1/proofs', { kind: 'telephone', subject: TELEPHONE, language: 'ko' }),
    );
    const rung = await gateway.incoming();
    expect(rung.number).toBe(LOCAL);
    const callId = await callOf(world.records.client, begun.call.id);
    const [order] = (
      await world.records.client.query<{ code: string }>(
        `SELECT wish ->> 'digits' AS code FROM call_order WHERE id = $1`,
        [begun.call.id],
      )
    ).rows;
    const code = order?.code ?? '';
    const spoken = await spokenIn(callId, rung.ended({ within: SPOKEN_MS }));
    // A digit that comes twice in a row is heard as one: its playback goes on.
    const once = [...code].filter((digit, at) => digit !== code[at - 1]);
    const said = ['order-code', ...once.map((digit) => `digit-${digit}`)].map(
      (name) => `ko sound:anydial/${name}`,
    );
    expect(spoken.slice(0, said.length)).toEqual(said);
    expect(await shadowProved()).toBe(false);
    const proved = await rest(`POST /v1/proofs/${begun.id}/attempts`, { code });
    expect(proved).toMatchObject({ status: 200, body: { state: 'proved' } });
    await until('the proved telephone', async () => ((await shadowProved()) ? true : undefined));

    const talk = await talking(world.phoneA, phone, LOCAL);
    await talk.call.hangup();
    await talk.arrived.ended();
  });

  it('proves a number at another company by a call through that company', async () => {
    const number = { carrierId: 'lab-carrier', number: '*3935557001' };
    const { id } = bodyOf<{ id: string }>(await rest(`POST /v1/members/${memberId}/carrier-numbers`, number));
    const wish = { kind: 'identity', memberId, identity: 'carrier-numbers', id, language: 'ko' };
    const begun = bodyOf<{ id: string; call: { id: string } }>(await rest('POST /v1/proofs', wish));
    const rung = await world.lab.role('carrier').incoming();
    expect(rung.number).toContain('5557001');
    await rung.answered();
    const { rows } = await world.records.client.query<{ code: string }>(
      `SELECT wish ->> 'digits' AS code FROM call_order WHERE id = $1`,
      [begun.call.id],
    );
    await rung.hangup();
    await rung.ended();
    const proved = await rest(`POST /v1/proofs/${begun.id}/attempts`, { code: rows[0]?.code });
    expect(proved).toMatchObject({ status: 200, body: { kind: 'carrier-number', state: 'proved' } });
  });
});
