import { lookup as resolve } from 'node:dns/promises';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopback, isPublic } from './public-address.js';

/** What came of one attempt. Only 2xx is success: a redirect is not followed. */
export type Posted =
  | { readonly kind: 'taken'; readonly status: number }
  | { readonly kind: 'refused'; readonly status: number | null; readonly reason: string };

export interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The lab's receivers stand on loopback; otherwise only what is public is called. */
  readonly allowLoopback: boolean;
  readonly timeoutMs: number;
}

/**
 * Posts to somebody else's server. Its name is resolved here, once: the very address that was found harmless is connected to, so a name that
 * changes its address in between (DNS rebinding) gains nothing. Never rejects.
 */
export async function post(posting: Posting): Promise<Posted> {
  const url = new URL(posting.url);
  const found = await addressOf(url.hostname.replace(/^\[|\]$/g, ''));
  if (found === undefined) return refused('the name has no address');
  const harmless = isPublic(found.address) || (posting.allowLoopback && isLoopback(found.address));
  if (!harmless) return refused('the address is not one of the public Internet');
  return new Promise((done) => {
    const send = url.protocol === 'https:' ? https : http;
    const lookup: LookupFunction = (_, options, back) =>
      options.all === true ? back(null, [found]) : back(null, found.address, found.family);
    const request = send(
      url,
      {
        method: 'POST',
        headers: posting.headers,
        lookup,
        agent: false,
        signal: AbortSignal.timeout(posting.timeoutMs),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        response.destroy();
        done(
          status >= 200 && status < 300 ? { kind: 'taken', status } : refused(`answered ${status}`, status),
        );
      },
    );
    request.once('error', (error) =>
      done(
        refused(
          error.name === 'AbortError' || error.name === 'TimeoutError' ? 'no answer in time' : error.message,
        ),
      ),
    );
    request.end(posting.body);
  });
}

/** All addresses must be harmless for one to be called; the first then is. */
async function addressOf(host: string): Promise<{ address: string; family: number } | undefined> {
  const family = isIP(host);
  if (family !== 0) return { address: host, family };
  const all = await resolve(host, { all: true }).catch(() => []);
  return all.find(({ address }) => !isPublic(address)) ?? all[0];
}

const refused = (reason: string, status: number | null = null): Posted => ({
  kind: 'refused',
  status,
  reason: reason.slice(0, 300),
});
