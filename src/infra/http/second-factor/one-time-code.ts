import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Anydial';
const PERIOD_S = 30;
/** Codes of the step before and after count too: clocks differ, and people type slowly. */
const DRIFT_STEPS = 1;

/** 160 random bits in base 32, as authenticator apps take them (RFC 4226 section 4). */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** What the QR code says. */
export const uriOf = (secret: string, label: string): string => codeOf(secret, label).toString();

/**
 * The time step that a code belongs to; undefined when it is wrong, or not newer than the last one that was used: a code
 * that somebody saw being typed opens nothing (RFC 6238 section 5.2).
 */
export function stepOf(secret: string, code: string, lastStep: number, now: number): number | undefined {
  const delta = codeOf(secret, '').validate({ token: code, timestamp: now, window: DRIFT_STEPS });
  if (delta === null) return undefined;
  const step = Math.floor(now / 1_000 / PERIOD_S) + delta;
  return step > lastStep ? step : undefined;
}

const codeOf = (secret: string, label: string): TOTP =>
  new TOTP({
    issuer: ISSUER,
    label: label || ISSUER,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  });
