import { ask } from '../../api/http.js';

/** Finds a number whose hash with the challenge begins with enough zero bits: a second or so of a browser's time, once for each letter or call. */
export async function worked(
  path: `/v1/resolve/${string}`,
): Promise<{ readonly challenge: string; readonly nonce: string }> {
  const { challenge, bits } = await ask(`GET ${path}/challenge`);
  const encoder = new TextEncoder();
  for (let nonce = 0; ; nonce++) {
    const hash = await crypto.subtle.digest('SHA-256', encoder.encode(`${challenge}:${nonce}`));
    if (new DataView(hash).getUint32(0) >>> (32 - bits) === 0) return { challenge, nonce: String(nonce) };
  }
}
