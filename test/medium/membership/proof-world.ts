import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { createLog } from '../../../src/infra/log/log.js';
import { ProofUpkeep } from '../../../src/membership/proofs/proof-upkeep.js';
import { ProofSettlement } from '../../../src/membership/proofs/settlement.js';
import type { SignedIn } from '../../support/http-client.js';
import { TxtServer } from '../../support/txt-server.js';
import { type Customer, Customers, idOf, itemsOf } from './customers.js';

export interface View {
  readonly id: string;
  readonly state: string;
  readonly attemptsLeft: number;
  readonly call: { readonly id: string; readonly state: string } | null;
  readonly dns: { readonly name: string; readonly value: string } | null;
}
export type Member = Customer & { readonly id: string };

/** A shop with a name server of its own, and what its customers do to prove what is theirs: for a spec file's top. */
export function inProofWorld() {
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
  return {
    get shop(): Customers {
      return shop;
    },
    get dns(): TxtServer {
      return dns;
    },
    ask,
    newPhone,
    begin,
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
  };
}
