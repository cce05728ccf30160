import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LabCall } from '../lab/lab-call.js';
import { header } from '../lab/sip-message.js';
import { CertificateRepository } from './support/certificate-repository.js';
import { forged, identityOf, type Passport, pem, readIdentity } from './support/identity.js';
import { inWorld } from './support/world.js';

/**
 * STIR/SHAKEN by a real node: what it signs towards New York, and what it makes of the signatures of calls that come from there and
 * from a carrier (docs/adr/0087). Lee has no proved telephone number here, and sends his calls on to New York.
 */
const LEE = `(SELECT member_id FROM device WHERE username = 'lab-b')`;
const world = inWorld({
  rows: async (db) => {
    await db.query(`UPDATE trunk SET attests = true, verifies = 'record' WHERE id = 'gw-us'`);
    await db.query(`UPDATE trunk SET verifies = 'reject' WHERE id = 'carrier-one'`);
    await db.query(`UPDATE number_shadow SET verified_at = NULL WHERE e164 = '+82262006200'`);
    await db.query(`UPDATE call_setting SET forward_always = '+12125559486' WHERE member_id = ${LEE}`);
  },
  noRows: async (db) => {
    await db.query(`UPDATE trunk SET attests = false, verifies = 'no'`);
    await db.query(`UPDATE number_shadow SET verified_at = now() WHERE e164 = '+82262006200'`);
    await db.query(`UPDATE call_setting SET forward_always = NULL WHERE member_id = ${LEE}`);
  },
});

const KIM = '0262006100';
const CHICAGO = '13125550100';

describe('a call that leaves by a trunk that signs', () => {
  it('is signed at level A where it shows the proved number of the member who calls', async () => {
    const { phoneA } = world;
    const { payload, header: said } = await signedBy(await phoneA.dial('00112125559486'));
    expect(said).toEqual({
      alg: 'ES256',
      ppt: 'shaken',
      typ: 'passport',
      x5u: 'https://certificates.anydial.example/exchange.pem',
    });
    expect(payload).toMatchObject({
      attest: 'A',
      orig: { tn: '82262006100' },
      dest: { tn: ['12125559486'] },
    });
    expect(Math.abs(Date.now() / 1_000 - payload.iat)).toBeLessThan(15);
  });

  it('is signed at level B where it shows a number that stands for any of our members', async () => {
    const { payload } = await signedBy(await world.phoneB.dial('00112125559486'));
    expect(payload).toMatchObject({ attest: 'B', orig: { tn: '12128675000' } });
  });

  it('is not signed where another network brought it, whatever number it shows', async () => {
    const { lab } = world;
    const call = await lab.role('gw-us').dial('0262006200082', { callingNumber: '+82262006100' });
    const arrived = await lab.role('gw-us').incoming();
    const invite = await arrived.invite();
    expect(invite.raw).toContain('+82262006100');
    expect(header(invite, 'identity')).toBeUndefined();
    await Promise.all([call.ended(), arrived.ended()]);
  });

  async function signedBy(call: LabCall): Promise<Passport> {
    const arrived = await world.lab.role('gw-us').incoming();
    const invite = await arrived.invite();
    await Promise.all([call.ended(), arrived.ended()]);
    expect(header(invite, 'date')).toBeDefined();
    return readIdentity(header(invite, 'identity') ?? '', pem('exchange.pem'));
  }
});

describe('a call that comes in', () => {
  const repository = new CertificateRepository();
  beforeAll(() => repository.open());
  afterAll(() => repository.close());

  const right = () => identityOf({ orig: CHICAGO, dest: '82262006100', x5u: repository.url });
  const claims: readonly (readonly [string, () => string | undefined, string, number | undefined])[] = [
    ['with a signature that is right', right, 'A', undefined],
    ['without a signature', () => undefined, 'missing_identity_hdr', 428],
    ['whose signature a forger took from another call', () => forged(right()), 'signature_validation', 438],
    [
      'signed for another caller',
      () => identityOf({ ...at(repository.url), orig: '13125550199' }),
      'cid_orig_tn_mismatch',
      438,
    ],
    [
      'whose certificate nobody vouches for',
      () => identityOf(at(repository.strange)),
      'cert_not_trusted',
      437,
    ],
    [
      'whose certificate is kept where nobody vouches for',
      () => identityOf(at(repository.doubtful)),
      'cert_retrieval_failure',
      436,
    ],
  ];

  it.each(claims)(
    '%s is let through, and what was found stands in its record',
    async (_, identity, found, cause) => {
      const since = new Date();
      const call = await dialled('gw-us', '+', identity());
      const arrived = await world.phoneA.incoming();
      await arrived.ring();
      await call.ringing();
      expect(causeTold(call)).toBe(cause);
      await Promise.all([call.hangup(), arrived.ended()]);
      const { trunk, trace } = await world.records.only(since);
      expect({ trunk, identity: trace.identity }).toEqual({ trunk: 'gw-us', identity: found });
    },
  );

  it.each(claims.slice(2, 3))(
    '%s is refused by a trunk that wants verified callers',
    async (_, identity, found) => {
      const since = new Date();
      const call = await dialled('carrier', '', identity());
      expect(await call.ended()).toMatchObject({ by: 'far', how: 'refused', sip: 403 });
      const record = await world.records.only(since);
      expect(record).toMatchObject({
        trunk: 'carrier-one',
        reason: 'caller-unverified',
        endedBy: 'exchange',
      });
      expect(record.trace.identity).toBe(found);
    },
  );

  it('with a signature that is right is let in by a trunk that wants verified callers', async () => {
    const call = await dialled('carrier', '', right());
    const arrived = await world.phoneA.incoming();
    await Promise.all([call.hangup(), arrived.ended()]);
  });

  /** RFC 8224 section 6.2.2: the network that sent the call is told, with the first sign of life. */
  const causeTold = (call: LabCall): number | undefined => {
    const ringing = call.sip.items.find(({ status }) => status === 180);
    const told = ringing && /^SIP; ?cause=(\d+)/.exec(header(ringing, 'reason') ?? '')?.[1];
    return told === undefined ? undefined : Number(told);
  };
  const at = (x5u: string) => ({ orig: CHICAGO, dest: '82262006100', x5u });
  const dialled = (from: 'gw-us' | 'carrier', plus: '' | '+', identity: string | undefined) =>
    world.lab.role(from).dial(from === 'carrier' ? KIM : '+82262006100', {
      callingNumber: `${plus}${CHICAGO}`,
      headers: identity === undefined ? {} : { Identity: identity, Date: new Date().toUTCString() },
    });
});
