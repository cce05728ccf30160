import { createPrivateKey, randomUUID, sign, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The test instance's certificates (scripts/lib/stir-shaken.sh): our own, and those of a network that calls us. */
export const pem = (name: 'exchange.pem' | 'network.pem' | 'network.key'): Buffer =>
  readFileSync(join(process.env['ANYDIAL_STATE_DIR'] ?? '', 'stir-shaken', name));

/** What a PASSporT says (RFC 8225, RFC 8588). */
export interface Passport {
  readonly header: { readonly alg: string; readonly ppt: string; readonly typ: string; readonly x5u: string };
  readonly payload: {
    readonly attest: string;
    readonly dest: { readonly tn: readonly string[] };
    readonly iat: number;
    readonly orig: { readonly tn: string };
    readonly origid: string;
  };
}

/** Reads an Identity header as who gets it does. @throws when the signature is not the certificate's. */
export function readIdentity(value: string, certificate: Buffer): Passport {
  const [token = '', ...parameters] = value.split(';');
  const [header = '', payload = '', signature = ''] = token.split('.');
  const key = new X509Certificate(certificate).publicKey;
  const ieee = { key, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), ieee, Buffer.from(signature, 'base64url'))) {
    throw new Error(`not signed by ${new X509Certificate(certificate).subject}: ${value}`);
  }
  const passport = { header: jsonOf(header), payload: jsonOf(payload) } as Passport;
  if (!parameters.includes(`info=<${passport.header.x5u}>`)) throw new Error(`other parameters: ${value}`);
  return passport;
}

export interface Claim {
  readonly orig: string;
  readonly dest: string;
  readonly x5u: string;
  readonly attest?: string;
  /** Unix seconds. */
  readonly iat?: number;
}

/** An Identity header of the calling network. */
export function identityOf({
  orig,
  dest,
  x5u,
  attest = 'A',
  iat = Math.floor(Date.now() / 1_000),
}: Claim): string {
  const header = { alg: 'ES256', ppt: 'shaken', typ: 'passport', x5u };
  const payload = { attest, dest: { tn: [dest] }, iat, orig: { tn: orig }, origid: randomUUID() };
  const signed = `${base64url(header)}.${base64url(payload)}`;
  const key = { key: createPrivateKey(pem('network.key')), dsaEncoding: 'ieee-p1363' } as const;
  const signature = sign('sha256', Buffer.from(signed), key).toString('base64url');
  return `${signed}.${signature};info=<${x5u}>;alg=ES256;ppt=shaken`;
}

/** The same for another call, the signature left as it was. */
export function forged(identity: string): string {
  const [header, payload = '', ...rest] = identity.split('.');
  const said = jsonOf(payload) as Passport['payload'];
  return [header, base64url({ ...said, origid: randomUUID() }), ...rest].join('.');
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jsonOf = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
