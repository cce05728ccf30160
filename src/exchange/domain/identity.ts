/**
 * Who calls, as the node found it by the call's signature (STIR/SHAKEN, RFC 8224): the level at which his network signed, `A` (its
 * customer, and the number is his), `B` (its customer) or `C` (it only brought the call), or why the number is not verified, in
 * Asterisk's words: `no_identity_hdr`, `signature_validation`, `cert_not_trusted`, `cid_orig_tn_mismatch` …; `unchecked`: nobody looked.
 */
export type Identity = string;

const LEVELS: readonly Identity[] = ['A', 'B', 'C'];

/** @param result what Asterisk's STIR_SHAKEN(0,verify_result) says; empty: nothing was verified. @param level its attestation. */
export function identityOf(result: string, level: string): Identity {
  if (result === 'success' && LEVELS.includes(level)) return level;
  return /^[a-z0-9_]{1,40}$/.test(result) && result !== 'success' ? result : 'unchecked';
}

/** The signature is right, at whatever level: whoever signed can be asked. */
export const isVerified = (identity: Identity | undefined): boolean =>
  identity !== undefined && LEVELS.includes(identity);
