import type { Tx } from '../infra/db/tx.js';
import { newId } from '../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../kernel/result.js';
import { digestOf, newSecret, newUsername } from './device-secret.js';
import { DEVICES, type DeviceRow, MEMBERS } from './membership.rows.js';

/** More is somebody filling our tables, or reselling lines. */
const MOST_DEVICES = { person: 10, company: 200 } as const;

export interface NewDevice {
  readonly memberId: string;
  readonly label: string;
  readonly kind: 'sip' | 'webrtc';
  /** Where it stands, and the telephone number (+E.164, and as its country writes it) that its emergency calls carry. */
  readonly country: string;
  readonly area: string | null;
  readonly locationNumber: string;
  readonly locationNational: string;
  readonly enabled?: boolean | undefined;
}

export type DeviceFailure = Failure<'member.unknown' | 'device.too-many'>;

/**
 * A phone for a member, in the caller's transaction: it can register the moment that commits. The secret is in the answer and
 * nowhere else (we keep its digest for that `realm`).
 */
export async function makeDevice(
  tx: Tx,
  realm: string,
  wanted: NewDevice,
): Promise<Result<{ readonly device: DeviceRow; readonly secret: string }, DeviceFailure>> {
  await tx.rows('SELECT FROM member WHERE id = $1 FOR UPDATE', [wanted.memberId]);
  const member = await MEMBERS.one(tx, { id: wanted.memberId });
  if (member === undefined || member.status === 'erased' || member.status === 'closed') return err(noMember);
  const most = MOST_DEVICES[member.kind];
  const [before] = await tx.rows<{ count: number }>(COUNT, [member.id]);
  if (Number(before?.count) >= most) return err(tooMany(most));
  const username = newUsername();
  const secret = newSecret();
  const device = await DEVICES.insert(tx, {
    ...wanted,
    id: newId(),
    username,
    digest: digestOf(username, realm, secret),
  });
  if (device === undefined) throw new Error('a new user name was taken');
  return ok({ device, secret });
}

/** A new secret for a device; the old one is worth nothing from then on. Undefined when the member has no such device. */
export async function renewSecret(
  tx: Tx,
  realm: string,
  where: { readonly id: string; readonly memberId: string },
): Promise<{ readonly username: string; readonly secret: string } | undefined> {
  const device = await DEVICES.one(tx, where);
  if (device === undefined) return undefined;
  const secret = newSecret();
  await DEVICES.update(tx, where, { digest: digestOf(device.username, realm, secret) });
  return { username: device.username, secret };
}

/** Without telephones of browser sessions (src/exchange/phone): they come and go by themselves, one a session. */
const COUNT = `
  SELECT count(*) FROM device d
   WHERE d.member_id = $1 AND NOT EXISTS (SELECT FROM browser_phone b WHERE b.device_id = d.id)`;

const noMember = failure('member.unknown', 'There is no such active member.', {
  hint: 'GET /v1/members lists those that you may see',
});
const tooMany = (most: number) =>
  failure('device.too-many', `The member has ${most} devices already.`, {
    hint: 'remove one that is not used any more',
  });
