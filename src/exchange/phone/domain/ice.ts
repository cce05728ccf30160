import { createHmac } from 'node:crypto';
import type { Secret } from '../../../kernel/secret.js';

/** As `RTCPeerConnection` takes it. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/**
 * The servers that help a browser out of its network. For TURN it gets credentials that hold until `expiresAt` and that the server
 * checks by itself: user name `<Unix time>:<who>`, password HMAC-SHA1 of it (draft-uberti-behave-turn-rest-00; coturn's
 * `use-auth-secret`). `who` shows in that server's logs only.
 */
export function iceServersOf(
  { urls, secret }: { readonly urls: readonly string[]; readonly secret?: Secret },
  who: string,
  expiresAt: Date,
): readonly IceServer[] {
  const stun = urls.filter((url) => url.startsWith('stun'));
  const turn = urls.filter((url) => url.startsWith('turn'));
  const username = `${Math.floor(expiresAt.getTime() / 1_000)}:${who}`;
  const relays =
    turn.length === 0 || secret === undefined
      ? []
      : [
          {
            urls: turn,
            username,
            credential: createHmac('sha1', secret.reveal()).update(username).digest('base64'),
          },
        ];
  return stun.length === 0 ? relays : [{ urls: stun }, ...relays];
}
