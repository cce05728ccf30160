import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLog } from '../../../src/infra/log/log.js';
import { keepProvedNumber, provedTelephone } from '../../../src/membership/index.js';
import { ProofUpkeep } from '../../../src/membership/proofs/proof-upkeep.js';
import { ProofSettlement } from '../../../src/membership/proofs/settlement.js';
import type { SignedIn } from '../../support/http-client.js';
import { TxtServer } from '../../support/txt-server.js';
import { type Customer, Customers, idOf, itemsOf } from './customers.js';

let dns: TxtServer;
let shop: Customers;
beforeAll(async () => {
  dns = await TxtServer.open();
  shop = await Customers.open({ dnsServer: dns.address });
});
beforeEach(() => shop.db.rows('TRUNCATE attempt'));
afterAll(async () => {
  await shop.close();
  dns.close();
});

interface View {
  readonly id: string;
  readonly state: string;
  readonly attemptsLeft: number;
  readonly call: { readonly id: string; readonly state: string } | null;
  readonly dns: { readonly name: string; readonly value: string } | null;
}
type Member = Customer & { readonly id: string };

const ask = (route: string, body?: unknown, who?: SignedIn) => shop.ask(route, body, who);
let phones = 0;
/** A telephone that no other test uses. */
const newPhone = () => `+8226200${String(7000 + phones++)}`;
const begin = async (body: object, who: SignedIn): Promise<View> => {
  const begun = await ask('POST /v1/proofs', body, who);
  if (begun.status !== 201) throw new Error(begun.text);
  return begun.body as View;
};
const ofPhone = (subject: string, who: SignedIn) =>
  begin({ kind: 'telephone', subject, language: 'ko' }, who);
const type = (proof: View, code: string | undefined, who: SignedIn) =>
  ask(`POST /v1/proofs/${proof.id}/attempts`, code === undefined ? {} : { code }, who);
const look = async (proof: View, who: SignedIn) =>
  (await ask(`GET /v1/proofs/${proof.id}`, undefined, who)).body as View;
/** What the call would speak: as the exchange finds it. */
const spoken = async (proof: View, who: SignedIn): Promise<string> => {
  const { call } = await look(proof, who);
  const [order] = await shop.db.rows<{ e164: string; digits: string; language: string }>(
    `SELECT e164, wish ->> 'digits' AS digits, language FROM call_order WHERE id = $1`,
    [call?.id],
  );
  expect(order?.language).toBe('ko');
  return order?.digits ?? '';
};
const other = (code: string) => (code === '000000' ? '111111' : '000000');
const later = (seconds: number) =>
  shop.db.rows(
    `UPDATE control_proof SET expires_at = expires_at - make_interval(secs => $1),
            resend_after = resend_after - make_interval(secs => $1), contest_until = contest_until - make_interval(secs => $1)`,
    [seconds],
  );
const look4upkeep = () =>
  new ProofUpkeep(
    shop.db,
    shop.web.app.get(ProofSettlement, { strict: false }),
    createLog(shop.web.config),
  ).look();
const claim = async (who: Member, kind: string, body: object): Promise<string> =>
  idOf(await ask(`POST /v1/members/${who.id}/${kind}`, body, who));
const ofClaim = (who: Member, identity: string, id: string) =>
  begin({ kind: 'identity', memberId: who.id, identity, id, language: 'ko' }, who);
const verifiedAt = async (who: Member, kind: string, id: string): Promise<string | null | undefined> =>
  itemsOf<{ id: string; verifiedAt: string | null }>(
    await ask(`GET /v1/members/${who.id}/${kind}`, undefined, who),
  ).find((one) => one.id === id)?.verifiedAt;
const events = async (subject: string) =>
  (
    await shop.db.rows<{ topic: string }>(
      `SELECT topic FROM outbox WHERE topic LIKE 'identity.%' AND payload ->> 'subject' = $1 ORDER BY id`,
      [subject],
    )
  ).map(({ topic }) => topic);
/** A contact number of a member that is proved. */
async function holder(name: string, e164: string): Promise<Member & { readonly claimId: string }> {
  const who = await shop.member(`${name}@example.com`);
  const claimId = await claim(who, 'contact-numbers', { e164 });
  const proof = await ofClaim(who, 'contact-numbers', claimId);
  expect((await type(proof, await spoken(proof, who), who)).body).toMatchObject({ state: 'proved' });
  return { ...who, claimId };
}

describe('a telephone', () => {
  test('is proved by typing back the code that a call speaks, before one is a member', async () => {
    const ann = await shop.account('ann@example.com');
    const phone = newPhone();
    const proof = await ofPhone(phone, ann);
    expect(proof).toMatchObject({
      state: 'waiting',
      attemptsLeft: 5,
      method: 'call',
      call: { state: 'waiting' },
    });
    const code = await spoken(proof, ann);
    expect(await type(proof, other(code), ann)).toMatchObject({
      status: 422,
      body: { code: 'code.mismatch' },
    });
    expect(await look(proof, ann)).toMatchObject({ attemptsLeft: 4 });
    expect(await provedTelephone(shop.db, ann.accountId, phone)).toBe(false);
    expect(await type(proof, code, ann)).toMatchObject({ status: 200, body: { state: 'proved' } });
    expect(await provedTelephone(shop.db, ann.accountId, phone)).toBe(true);
    expect(await events(phone)).toEqual(['identity.proved']);
    const bob = await shop.account('bob@example.com');
    expect(await provedTelephone(shop.db, bob.accountId, phone)).toBe(false);
    expect((await ask(`GET /v1/proofs/${proof.id}`, undefined, bob)).status).toBe(404);
    expect((await type(proof, code, bob)).status).toBe(404);
    expect((await ask(`DELETE /v1/proofs/${proof.id}`, undefined, bob)).status).toBe(404);
    expect(itemsOf(await ask('GET /v1/proofs', undefined, ann))).toHaveLength(1);
    const [row] = await shop.db.rows<{ row: string }>(
      'SELECT p::text AS row FROM control_proof p WHERE id = $1',
      [proof.id],
    );
    expect(row?.row).not.toContain(code);
  });

  test('five wrong codes end a proof, also at once; the right one is worth nothing then', async () => {
    const ann = await shop.account('guesses@example.com');
    const proof = await ofPhone(newPhone(), ann);
    const code = await spoken(proof, ann);
    const tries = await Promise.all(Array.from({ length: 7 }, () => type(proof, other(code), ann)));
    expect(tries.filter(({ status }) => status === 422)).toHaveLength(5);
    expect((await type(proof, code, ann)).status).toBe(410);
    expect(await look(proof, ann)).toMatchObject({ state: 'failed', attemptsLeft: 0 });
  });

  test('rings again a minute later with another code, which voids the first; five times', async () => {
    const ann = await shop.account('again@example.com');
    const proof = await ofPhone(newPhone(), ann);
    const first = await spoken(proof, ann);
    const again = () => ask(`POST /v1/proofs/${proof.id}/code`, undefined, ann);
    expect((await again()).status).toBe(429);
    await later(61);
    expect((await again()).status).toBe(202);
    const second = await spoken(proof, ann);
    if (first !== second) expect((await type(proof, first, ann)).status).toBe(422);
    for (const _ of [3, 4, 5]) {
      await later(61);
      expect((await again()).status).toBe(202);
    }
    await later(61);
    expect((await again()).status).toBe(429);
    expect((await type(proof, await spoken(proof, ann), ann)).status).toBe(200);
  });

  test('a code ends after half an hour; a new proof ends the one before', async () => {
    const ann = await shop.account('expired@example.com');
    const phone = newPhone();
    const [old, proof] = [await ofPhone(phone, ann), await ofPhone(phone, ann)];
    expect(await look(old, ann)).toMatchObject({ state: 'cancelled' });
    const code = await spoken(proof, ann);
    await later(1_801);
    expect((await type(proof, code, ann)).status).toBe(410);
    await look4upkeep();
    expect(await look(proof, ann)).toMatchObject({ state: 'expired' });
  });

  test('is not rung more than six times an hour from one place', async () => {
    const ann = await shop.account('rings@example.com');
    const phone = newPhone();
    for (const _ of [1, 2, 3, 4, 5, 6]) await ofPhone(phone, ann);
    const seventh = await ask('POST /v1/proofs', { kind: 'telephone', subject: phone }, ann);
    expect(seventh).toMatchObject({ status: 429, body: { code: 'proof.too-many' } });
  });
});

test('a proved telephone becomes a contact number of who registers, unless somebody else has it by then', async () => {
  const phone = newPhone();
  const ann = await shop.account('keeps-it@example.com');
  const proof = await ofPhone(phone, ann);
  await type(proof, await spoken(proof, ann), ann);
  const memberId = idOf(
    await ask('POST /v1/members', { kind: 'person', name: 'Ann', language: 'ko', country: 'KR' }, ann),
  );
  const keep = () =>
    shop.db.inTx((tx) =>
      keepProvedNumber(tx, { accountId: ann.accountId, memberId, e164: phone, label: '' }),
    );
  const bob = await shop.member('vouched@example.com');
  const his = await claim(bob, 'contact-numbers', { e164: phone });
  await shop.db.rows('UPDATE contact_number SET verified_at = now() WHERE id = $1', [his]);
  expect(await keep()).toMatchObject({ ok: false, failure: { code: 'proof.not-found' } });
  await shop.db.rows('DELETE FROM contact_number WHERE id = $1', [his]);
  expect(await keep()).toMatchObject({ ok: true });
  expect(await look(proof, ann)).toMatchObject({ kind: 'contact-number', state: 'proved', memberId });
  expect(await keep()).toMatchObject({ ok: true });
});

describe('an identity', () => {
  test('a contact number counts once it is proved: then find-me takes it', async () => {
    const phone = newPhone();
    const ann = await shop.member('contact@example.com');
    const id = await claim(ann, 'contact-numbers', { e164: phone });
    const steps = { steps: [{ kind: 'contact', target: id }] };
    expect((await ask(`PUT /v1/members/${ann.id}/find-me`, steps, ann)).status).toBe(422);
    const proof = await ofClaim(ann, 'contact-numbers', id);
    await type(proof, await spoken(proof, ann), ann);
    expect(await verifiedAt(ann, 'contact-numbers', id)).toEqual(expect.any(String));
    expect((await ask(`PUT /v1/members/${ann.id}/find-me`, steps, ann)).status).toBe(200);
    expect(await provedTelephone(shop.db, ann.accountId, phone)).toBe(true);
  });

  test('an e-mail address is proved by a mailed code, in the language of the proof', async () => {
    const ann = await shop.member('owner@example.com');
    const id = await claim(ann, 'emails', { address: 'Ann@Post.example' });
    const proof = await ofClaim(ann, 'emails', id);
    const [mail] = await shop.post.to('ann@post.example');
    expect(mail?.subject).toContain('인증번호');
    const code = /\b[2-9A-HJ-NP-Z]{8}\b/.exec(mail?.text ?? '')?.[0] ?? '';
    expect((await type(proof, 'WRQNGWRQ', ann)).status).toBe(422);
    expect((await type(proof, code.toLowerCase(), ann)).body).toMatchObject({ state: 'proved' });
    expect(await verifiedAt(ann, 'emails', id)).toEqual(expect.any(String));
  });

  test('a domain is proved by a TXT record, and by nothing that only looks like it', async () => {
    const ann = await shop.member('domain@example.com');
    const id = await claim(ann, 'domains', { domain: 'hanbit.example' });
    const proof = await ofClaim(ann, 'domains', id);
    const { name = '', value = '' } = proof.dns ?? {};
    expect(name).toBe('_anydial-challenge.hanbit.example');
    expect(await type(proof, undefined, ann)).toMatchObject({
      status: 422,
      body: { code: 'proof.mismatch' },
    });
    dns.records.set('hanbit.example', [value]);
    dns.records.set(name, [`${value}x`, 'v=spf1 -all']);
    expect((await type(proof, undefined, ann)).status).toBe(422);
    dns.silent = true;
    expect(await type(proof, undefined, ann)).toMatchObject({
      status: 503,
      body: { code: 'dns.unavailable' },
    });
    dns.silent = false;
    dns.records.set(name, ['v=spf1 -all', value]);
    expect((await type(proof, undefined, ann)).body).toMatchObject({ state: 'proved' });
    expect(await verifiedAt(ann, 'domains', id)).toEqual(expect.any(String));
    expect(dns.asked.at(-1)).toBe(name);
  });

  test('of another member cannot be proved, nor one that is not there', async () => {
    const ann = await shop.member('mine@example.com');
    const bob = await shop.member('his@example.com');
    const id = await claim(bob, 'emails', { address: 'his@post.example' });
    const body = (memberId: string) => ({ kind: 'identity', memberId, identity: 'emails', id });
    expect((await ask('POST /v1/proofs', body(bob.id), ann)).status).toBe(404);
    expect((await ask('POST /v1/proofs', body(ann.id), ann)).status).toBe(404);
  });

  test('what is proved ends with its claim', async () => {
    const phone = newPhone();
    const ann = await holder('drops', phone);
    expect(
      (await ask(`DELETE /v1/members/${ann.id}/contact-numbers/${ann.claimId}`, undefined, ann)).status,
    ).toBe(204);
    expect(await provedTelephone(shop.db, ann.accountId, phone)).toBe(false);
    expect(await events(phone)).toEqual(['identity.proved', 'identity.released']);
  });
});

describe('what somebody else holds', () => {
  /** Another account that proves the same telephone. */
  async function rival(name: string, phone: string) {
    const who = await shop.member(`${name}@example.com`);
    const claimId = await claim(who, 'contact-numbers', { e164: phone });
    const proof = await ofClaim(who, 'contact-numbers', claimId);
    const given = await type(proof, await spoken(proof, who), who);
    expect(given.body).toMatchObject({ state: 'contested', contestUntil: expect.any(String) });
    return { who, claimId, proof };
  }

  test('stays his when he proves it again in time', async () => {
    const phone = newPhone();
    const ann = await holder('keeps', phone);
    const { who, claimId, proof } = await rival('rival1', phone);
    expect((await shop.post.to(ann.email))[0]?.text).toContain(phone);
    expect(await verifiedAt(ann, 'contact-numbers', ann.claimId)).toEqual(expect.any(String));
    expect(await verifiedAt(who, 'contact-numbers', claimId)).toBeNull();
    const again = await ofClaim(ann, 'contact-numbers', ann.claimId);
    expect((await type(again, await spoken(again, ann), ann)).body).toMatchObject({ state: 'proved' });
    expect(await look(proof, who)).toMatchObject({ state: 'refused' });
    expect(await verifiedAt(who, 'contact-numbers', claimId)).toBeNull();
  });

  test('goes over after 72 hours; it leaves the find-me order of who had it, and he is told', async () => {
    const phone = newPhone();
    const ann = await holder('loses', phone);
    const steps = [
      { kind: 'contact', target: ann.claimId },
      { kind: 'devices', withPrevious: true },
    ];
    expect((await ask(`PUT /v1/members/${ann.id}/find-me`, { steps }, ann)).status).toBe(200);
    const { who, claimId, proof } = await rival('rival2', phone);
    await later(71 * 3_600);
    await look4upkeep();
    expect(await look(proof, who)).toMatchObject({ state: 'contested' });
    await later(3_601);
    await look4upkeep();
    expect(await look(proof, who)).toMatchObject({ state: 'proved' });
    expect(await verifiedAt(who, 'contact-numbers', claimId)).toEqual(expect.any(String));
    expect(await verifiedAt(ann, 'contact-numbers', ann.claimId)).toBeNull();
    expect((await ask(`GET /v1/members/${ann.id}/find-me`, undefined, ann)).body).toMatchObject({
      steps: [{ kind: 'devices', withPrevious: false }],
    });
    expect(await events(phone)).toEqual(['identity.proved', 'identity.released', 'identity.proved']);
    expect((await shop.post.to(ann.email)).map(({ text }) => text)).toEqual([
      expect.stringContaining(phone),
      expect.stringContaining(phone),
    ]);
  });

  test('goes over at once when he lets go', async () => {
    const phone = newPhone();
    const ann = await holder('lets-go', phone);
    const { who, claimId, proof } = await rival('rival3', phone);
    const [mine] = itemsOf<View>(await ask('GET /v1/proofs', undefined, ann));
    expect((await ask(`DELETE /v1/proofs/${mine?.id}`, undefined, ann)).status).toBe(204);
    expect(await look(proof, who)).toMatchObject({ state: 'proved' });
    expect(await verifiedAt(who, 'contact-numbers', claimId)).toEqual(expect.any(String));
    expect(await verifiedAt(ann, 'contact-numbers', ann.claimId)).toBeNull();
  });

  test('of a domain his own record decides: there, he keeps it; gone, he has lost it', async () => {
    const [ann, bob] = [await shop.member('dns1@example.com'), await shop.member('dns2@example.com')];
    const of = async (who: Member) => {
      const id = await claim(who, 'domains', { domain: 'moved.example' });
      return { id, proof: await ofClaim(who, 'domains', id) };
    };
    const hers = await of(ann);
    const name = hers.proof.dns?.name ?? '';
    dns.records.set(name, [hers.proof.dns?.value ?? '']);
    await type(hers.proof, undefined, ann);
    const his = await of(bob);
    dns.records.set(name, [hers.proof.dns?.value ?? '', his.proof.dns?.value ?? '']);
    expect((await type(his.proof, undefined, bob)).body).toMatchObject({ state: 'refused' });
    const second = await ofClaim(bob, 'domains', his.id);
    dns.records.set(name, [second.dns?.value ?? '']);
    expect((await type(second, undefined, bob)).body).toMatchObject({ state: 'proved' });
    expect(await verifiedAt(ann, 'domains', hers.id)).toBeNull();
    expect(await verifiedAt(bob, 'domains', his.id)).toEqual(expect.any(String));
  });

  test('of many who prove the same at the same moment one holds it', async () => {
    const phone = newPhone();
    const people = await Promise.all(
      [1, 2, 3, 4].map(async (one) => {
        const who = await shop.account(`race${one}@example.com`);
        return { who, proof: await ofPhone(phone, who) };
      }),
    );
    const codes = await Promise.all(people.map(({ who, proof }) => spoken(proof, who)));
    const given = await Promise.all(people.map(({ who, proof }, at) => type(proof, codes[at] ?? '', who)));
    const states = given.map(({ body }) => (body as View).state).sort();
    expect(states).toEqual(['contested', 'contested', 'contested', 'proved']);
  });
});
