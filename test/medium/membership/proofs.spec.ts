import { describe, expect, test } from '@jest/globals';
import { keepProvedNumber, provedTelephone } from '../../../src/membership/index.js';
import { idOf, itemsOf } from './customers.js';
import { inProofWorld } from './proof-world.js';

const world = inProofWorld();
const {
  ask,
  newPhone,
  ofPhone,
  type,
  look,
  spoken,
  other,
  later,
  look4upkeep,
  claim,
  ofClaim,
  verifiedAt,
  events,
  holder,
} = world;

describe('a telephone', () => {
  test('is proved by typing back the code that a call speaks, before one is a member', async () => {
    const ann = await world.shop.account('ann@example.com');
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
    expect(await provedTelephone(world.shop.db, ann.accountId, phone)).toBe(false);
    expect(await type(proof, code, ann)).toMatchObject({ status: 200, body: { state: 'proved' } });
    expect(await provedTelephone(world.shop.db, ann.accountId, phone)).toBe(true);
    expect(await events(phone)).toEqual(['identity.proved']);
    const bob = await world.shop.account('bob@example.com');
    expect(await provedTelephone(world.shop.db, bob.accountId, phone)).toBe(false);
    expect((await ask(`GET /v1/proofs/${proof.id}`, undefined, bob)).status).toBe(404);
    expect((await type(proof, code, bob)).status).toBe(404);
    expect((await ask(`DELETE /v1/proofs/${proof.id}`, undefined, bob)).status).toBe(404);
    expect(itemsOf(await ask('GET /v1/proofs', undefined, ann))).toHaveLength(1);
    const [row] = await world.shop.db.rows<{ row: string }>(
      'SELECT p::text AS row FROM control_proof p WHERE id = $1',
      [proof.id],
    );
    expect(row?.row).not.toContain(code);
  });

  test('five wrong codes end a proof, also at once; the right one is worth nothing then', async () => {
    const ann = await world.shop.account('guesses@example.com');
    const proof = await ofPhone(newPhone(), ann);
    const code = await spoken(proof, ann);
    const tries = await Promise.all(Array.from({ length: 7 }, () => type(proof, other(code), ann)));
    expect(tries.filter(({ status }) => status === 422)).toHaveLength(5);
    expect((await type(proof, code, ann)).status).toBe(410);
    expect(await look(proof, ann)).toMatchObject({ state: 'failed', attemptsLeft: 0 });
  });

  test('rings again a minute later with another code, which voids the first; five times', async () => {
    const ann = await world.shop.account('again@example.com');
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
    const ann = await world.shop.account('expired@example.com');
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
    const ann = await world.shop.account('rings@example.com');
    const phone = newPhone();
    for (const _ of [1, 2, 3, 4, 5, 6]) await ofPhone(phone, ann);
    const seventh = await ask('POST /v1/proofs', { kind: 'telephone', subject: phone }, ann);
    expect(seventh).toMatchObject({ status: 429, body: { code: 'proof.too-many' } });
  });
});

test('a proved telephone becomes a contact number of who registers, unless somebody else has it by then', async () => {
  const phone = newPhone();
  const ann = await world.shop.account('keeps-it@example.com');
  const proof = await ofPhone(phone, ann);
  await type(proof, await spoken(proof, ann), ann);
  const memberId = idOf(
    await ask('POST /v1/members', { kind: 'person', name: 'Ann', language: 'ko', country: 'KR' }, ann),
  );
  const keep = () =>
    world.shop.db.inTx((tx) =>
      keepProvedNumber(tx, { accountId: ann.accountId, memberId, e164: phone, label: '' }),
    );
  const bob = await world.shop.member('vouched@example.com');
  const his = await claim(bob, 'contact-numbers', { e164: phone });
  await world.shop.db.rows('UPDATE contact_number SET verified_at = now() WHERE id = $1', [his]);
  expect(await keep()).toMatchObject({ ok: false, failure: { code: 'proof.not-found' } });
  await world.shop.db.rows('DELETE FROM contact_number WHERE id = $1', [his]);
  expect(await keep()).toMatchObject({ ok: true });
  expect(await look(proof, ann)).toMatchObject({ kind: 'contact-number', state: 'proved', memberId });
  expect(await keep()).toMatchObject({ ok: true });
});

describe('an identity', () => {
  test('a contact number counts once it is proved: then find-me takes it', async () => {
    const phone = newPhone();
    const ann = await world.shop.member('contact@example.com');
    const id = await claim(ann, 'contact-numbers', { e164: phone });
    const steps = { steps: [{ kind: 'contact', target: id }] };
    expect((await ask(`PUT /v1/members/${ann.id}/find-me`, steps, ann)).status).toBe(422);
    const proof = await ofClaim(ann, 'contact-numbers', id);
    await type(proof, await spoken(proof, ann), ann);
    expect(await verifiedAt(ann, 'contact-numbers', id)).toEqual(expect.any(String));
    expect((await ask(`PUT /v1/members/${ann.id}/find-me`, steps, ann)).status).toBe(200);
    expect(await provedTelephone(world.shop.db, ann.accountId, phone)).toBe(true);
  });

  test('an e-mail address is proved by a mailed code, in the language of the proof', async () => {
    const ann = await world.shop.member('owner@example.com');
    const id = await claim(ann, 'emails', { address: 'Ann@Post.example' });
    const proof = await ofClaim(ann, 'emails', id);
    const [mail] = await world.shop.post.to('ann@post.example');
    expect(mail?.subject).toContain('인증번호');
    const code = /\b[2-9A-HJ-NP-Z]{8}\b/.exec(mail?.text ?? '')?.[0] ?? '';
    expect((await type(proof, 'WRQNGWRQ', ann)).status).toBe(422);
    expect((await type(proof, code.toLowerCase(), ann)).body).toMatchObject({ state: 'proved' });
    expect(await verifiedAt(ann, 'emails', id)).toEqual(expect.any(String));
  });

  test('a domain is proved by a TXT record, and by nothing that only looks like it', async () => {
    const ann = await world.shop.member('domain@example.com');
    const id = await claim(ann, 'domains', { domain: 'hanbit.example' });
    const proof = await ofClaim(ann, 'domains', id);
    const { name = '', value = '' } = proof.dns ?? {};
    expect(name).toBe('_anydial-challenge.hanbit.example');
    expect(await type(proof, undefined, ann)).toMatchObject({
      status: 422,
      body: { code: 'proof.mismatch' },
    });
    world.dns.records.set('hanbit.example', [value]);
    world.dns.records.set(name, [`${value}x`, 'v=spf1 -all']);
    expect((await type(proof, undefined, ann)).status).toBe(422);
    world.dns.silent = true;
    expect(await type(proof, undefined, ann)).toMatchObject({
      status: 503,
      body: { code: 'dns.unavailable' },
    });
    world.dns.silent = false;
    world.dns.records.set(name, ['v=spf1 -all', value]);
    expect((await type(proof, undefined, ann)).body).toMatchObject({ state: 'proved' });
    expect(await verifiedAt(ann, 'domains', id)).toEqual(expect.any(String));
    expect(world.dns.asked.at(-1)).toBe(name);
  });

  test('of another member cannot be proved, nor one that is not there', async () => {
    const ann = await world.shop.member('mine@example.com');
    const bob = await world.shop.member('his@example.com');
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
    expect(await provedTelephone(world.shop.db, ann.accountId, phone)).toBe(false);
    expect(await events(phone)).toEqual(['identity.proved', 'identity.released']);
  });
});
