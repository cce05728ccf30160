import { describe, expect, test } from '@jest/globals';
import { itemsOf } from './customers.js';
import { inProofWorld, type Member, type View } from './proof-world.js';

const world = inProofWorld();
const {
  ask,
  newPhone,
  ofPhone,
  type,
  look,
  spoken,
  later,
  look4upkeep,
  claim,
  ofClaim,
  verifiedAt,
  events,
  holder,
} = world;

describe('what somebody else holds', () => {
  /** Another account that proves the same telephone. */
  async function rival(name: string, phone: string) {
    const who = await world.shop.member(`${name}@example.com`);
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
    expect((await world.shop.post.to(ann.email))[0]?.text).toContain(phone);
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
    expect((await world.shop.post.to(ann.email)).map(({ text }) => text)).toEqual([
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
    const [ann, bob] = [
      await world.shop.member('dns1@example.com'),
      await world.shop.member('dns2@example.com'),
    ];
    const of = async (who: Member) => {
      const id = await claim(who, 'domains', { domain: 'moved.example' });
      return { id, proof: await ofClaim(who, 'domains', id) };
    };
    const hers = await of(ann);
    const name = hers.proof.dns?.name ?? '';
    world.dns.records.set(name, [hers.proof.dns?.value ?? '']);
    await type(hers.proof, undefined, ann);
    const his = await of(bob);
    world.dns.records.set(name, [hers.proof.dns?.value ?? '', his.proof.dns?.value ?? '']);
    expect((await type(his.proof, undefined, bob)).body).toMatchObject({ state: 'refused' });
    const second = await ofClaim(bob, 'domains', his.id);
    world.dns.records.set(name, [second.dns?.value ?? '']);
    expect((await type(second, undefined, bob)).body).toMatchObject({ state: 'proved' });
    expect(await verifiedAt(ann, 'domains', hers.id)).toBeNull();
    expect(await verifiedAt(bob, 'domains', his.id)).toEqual(expect.any(String));
  });

  test('of many who prove the same at the same moment one holds it', async () => {
    const phone = newPhone();
    const people = await Promise.all(
      [1, 2, 3, 4].map(async (one) => {
        const who = await world.shop.account(`race${one}@example.com`);
        return { who, proof: await ofPhone(phone, who) };
      }),
    );
    const codes = await Promise.all(people.map(({ who, proof }) => spoken(proof, who)));
    const given = await Promise.all(people.map(({ who, proof }, at) => type(proof, codes[at] ?? '', who)));
    const states = given.map(({ body }) => (body as View).state).sort();
    expect(states).toEqual(['contested', 'contested', 'contested', 'proved']);
  });
});
