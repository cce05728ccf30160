import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../kernel/secret.js';
import { iceServersOf } from './ice.js';

const until = new Date('2026-11-27T12:00:00.500Z');

describe('what a browser is told of STUN and TURN servers', () => {
  it('given_none_are_set_then_it_is_told_of_none', () => {
    expect(iceServersOf({ urls: [] }, 'w-abc', until)).toEqual([]);
  });

  it('given_both_then_only_turn_has_credentials_and_they_end', () => {
    const urls = [
      'stun:turn.example',
      'turn:turn.example?transport=udp',
      'turns:turn.example:443?transport=tcp',
    ];
    expect(iceServersOf({ urls, secret: new Secret('north') }, 'w-abc', until)).toEqual([
      { urls: [urls[0]] },
      {
        urls: urls.slice(1),
        username: '1795780800:w-abc',
        // printf 1795780800:w-abc | openssl dgst -sha1 -hmac north -binary | base64
        credential: 'yp69qygjac8M8lk+Rbd6L63Y3zU=',
      },
    ]);
  });
});
