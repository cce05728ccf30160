import { createECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import webPush from 'web-push';
import { PushSender } from '../../../src/exchange/push/push-sender.js';
import { newId } from '../../../src/kernel/ids.js';
import { Secret } from '../../../src/kernel/secret.js';
import { certificate } from '../../support/certificate.js';
import type { SignedIn } from '../../support/http-client.js';
import { PhoneWorld } from './phone-world.js';

const { publicKey, privateKey } = webPush.generateVAPIDKeys();
let world: PhoneWorld;
let service: Server;
let cert: Buffer;
let key: Buffer;
let origin: string;
let memberId: string;
let who: SignedIn;
/** What the push service got; and what it answers next. */
const got: { path: string; headers: IncomingHttpHeaders; bytes: number }[] = [];
let status = 201;

/** A stand-in for a browser vendor's push service (RFC 8030): what a real one makes of our messages is not proved here. */
beforeAll(async () => {
  ({ cert, key } = certificate('push'));
  service = createServer({ cert, key }, (request, response) => {
    let bytes = 0;
    request.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    request.on('end', () => {
      got.push({ path: request.url ?? '', headers: request.headers, bytes });
      response.writeHead(status).end();
    });
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  origin = `https://127.0.0.1:${(service.address() as AddressInfo).port}`;
  world = await PhoneWorld.open(['web'], () => ({
    webPush: { publicKey, privateKey: new Secret(privateKey), services: [] },
    ice: {
      urls: ['stun:turn.example', 'turn:turn.example?transport=tcp'],
      secret: new Secret('north'.repeat(4)),
    },
  }));
  memberId = await world.member('Lee');
  who = await world.account('member', { memberId });
});
afterAll(async () => {
  await world.close();
  service.close();
});

const browserKeys = () => {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return { p256dh: ecdh.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') };
};
const subscribed = (endpoint: string) => {
  const { p256dh, auth } = browserKeys();
  return world.db.run(
    `INSERT INTO push_subscription (id, account_id, member_id, endpoint, p256dh, auth)
     SELECT $1, id, member_id, $2, $3, $4 FROM user_account WHERE member_id = $5`,
    [newId(), endpoint, p256dh, auth, memberId],
  );
};
const sender = (services?: readonly string[]) =>
  new PushSender(world.db, {
    publicKey,
    privateKey: new Secret(privateKey),
    contact: 'mailto:ops@example.com',
    agent: new Agent({ ca: cert }),
    ...(services === undefined ? {} : { services }),
  });

describe('push', () => {
  it('given_a_browser_when_its_member_is_called_then_its_service_gets_an_encrypted_message_with_our_signature', async () => {
    await subscribed(`${origin}/push/1`);
    expect(await sender([origin]).tell(memberId, { callId: newId(), from: '0262006100082' })).toBe(1);
    const [message] = got;
    expect(message?.path).toBe('/push/1');
    expect(message?.headers).toMatchObject({ ttl: '30', urgency: 'high', 'content-encoding': 'aes128gcm' });
    expect(message?.headers.authorization).toContain(publicKey);
    expect(message?.bytes).toBeGreaterThan(86);
  });

  it('given_the_service_no_longer_knows_it_when_told_then_the_subscription_is_forgotten', async () => {
    status = 410;
    expect(await sender([origin]).tell(memberId, {})).toBe(0);
    expect(await world.db.rows('SELECT FROM push_subscription WHERE member_id = $1', [memberId])).toEqual([]);
    status = 201;
  });

  it('given_an_address_that_is_no_push_service_then_it_is_neither_taken_nor_posted_to', async () => {
    const before = got.length;
    const taken = await world.ask(who, 'PUT /v1/phone/push', {
      endpoint: `${origin}/x`,
      keys: browserKeys(),
    });
    expect(taken.status).toBe(422);
    await subscribed(`${origin}/push/2`);
    expect(await sender().tell(memberId, {})).toBe(0);
    expect(got.length).toBe(before);
  });

  it('given_a_browser_that_somebody_else_used_when_it_subscribes_then_it_is_his_alone_and_only_he_removes_it', async () => {
    const endpoint = 'https://fcm.googleapis.com/fcm/send/abc';
    const other = await world.account('member', { memberId: await world.member('Kim') });
    for (const person of [other, who])
      expect((await world.ask(person, 'PUT /v1/phone/push', { endpoint, keys: browserKeys() })).status).toBe(
        204,
      );
    await world.ask(other, 'DELETE /v1/phone/push', { endpoint });
    const owners = () =>
      world.db.rows<{ id: string }>('SELECT member_id AS id FROM push_subscription WHERE endpoint = $1', [
        endpoint,
      ]);
    expect(await owners()).toEqual([{ id: memberId }]);
    await world.ask(who, 'DELETE /v1/phone/push', { endpoint });
    expect(await owners()).toEqual([]);
    expect((await world.ask(who, 'GET /v1/phone/push')).body).toEqual({ publicKey });
  });
});

describe('a browser that phones from behind a firewall', () => {
  it('given_a_turn_server_when_its_page_asks_then_it_gets_credentials_that_end_with_its_telephone', async () => {
    await world.device(memberId, 'd-firewall01');
    const { body } = await world.ask(who, 'PUT /v1/phone/session', {});
    const { username, expiresAt, iceServers } = body as {
      username: string;
      expiresAt: string;
      iceServers: { urls: string[]; username?: string; credential?: string }[];
    };
    const ends = Math.floor(new Date(expiresAt).getTime() / 1_000);
    expect(iceServers).toEqual([
      { urls: ['stun:turn.example'] },
      {
        urls: ['turn:turn.example?transport=tcp'],
        username: `${ends}:${username}`,
        credential: expect.stringMatching(/^[A-Za-z0-9+/]{27}=$/),
      },
    ]);
  });
});
