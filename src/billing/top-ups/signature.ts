import { createHmac } from 'node:crypto';
import { sameText } from '../../infra/http/access/tokens.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import type { Secret } from '../../kernel/secret.js';
import { signatureInvalid } from './top-up.failures.js';

/** How far a signed time may be from ours: older messages are replays (Stripe's own libraries take 300 s). */
const TOLERANCE_S = 300;

/** `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body">`: Stripe's scheme, https://docs.stripe.com/webhooks/signature. */
export function signed(secret: Secret, body: Buffer, at: Date): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${macOf(secret, t, body)}`;
}

/** Whether a header signs this body now. While a secret is being changed several `v1` come: one that fits is enough. */
export function checkSignature(
  secret: Secret,
  header: string | undefined,
  body: Buffer,
  now: Date,
): Result<undefined, Failure> {
  const parts = (header ?? '')
    .slice(0, 2_000)
    .split(',')
    .map((part) => part.trim().split('=', 2));
  const time = parts.find(([key]) => key === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(time)) return err(signatureInvalid('it is not signed'));
  const expected = macOf(secret, Number(time), body);
  const fits = parts.some(([key, value = '']) => key === 'v1' && sameText(value, expected));
  if (!fits) return err(signatureInvalid('the signature does not fit'));
  if (Math.abs(now.getTime() / 1000 - Number(time)) > TOLERANCE_S)
    return err(signatureInvalid('it is too old'));
  return ok(undefined);
}

const macOf = (secret: Secret, time: number, body: Buffer): string =>
  createHmac('sha256', secret.reveal()).update(`${time}.`).update(body).digest('hex');
