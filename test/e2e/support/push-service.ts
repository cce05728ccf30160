import { createECDH, type ECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { newId } from '../../../src/kernel/ids.js';
import { History } from '../../lab/history.js';
import { certificate } from '../../support/certificate.js';

const { decrypt } = createRequire(import.meta.url)('http_ece') as {
  decrypt(body: Buffer, keys: object): Buffer;
};

/**
 * A push service of our own (RFC 8030) and a subscription to it: what comes is decrypted as a browser does (RFC 8291). The vendors' own
 * services are not proved by it.
 */
export class PushService {
  readonly #got = new History<string>('the push service', (text) => text);
  readonly #keys: ECDH = createECDH('prime256v1');
  readonly #auth = randomBytes(16);

  private constructor(
    private readonly server: Server,
    private readonly folder: string,
  ) {
    this.#keys.generateKeys();
  }

  static async open(): Promise<PushService> {
    const { cert, key } = certificate('push');
    const folder = mkdtempSync(join(tmpdir(), 'anydial-push-'));
    writeFileSync(join(folder, 'ca.pem'), cert);
    const server = createServer({ cert, key });
    const service = new PushService(server, folder);
    server.on('request', (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        service.take(Buffer.concat(pieces));
        response.writeHead(201).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return service;
  }

  get origin(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** For the process that posts to it. */
  get environment(): Readonly<Record<string, string>> {
    return { WEB_PUSH_SERVICES: this.origin, NODE_EXTRA_CA_CERTS: join(this.folder, 'ca.pem') };
  }

  /** As the page does it: this account wants to be told. */
  async subscribe(db: pg.Client, email: string): Promise<void> {
    await db.query(
      `INSERT INTO push_subscription (id, account_id, member_id, endpoint, p256dh, auth)
       SELECT $1, id, member_id, $2, $3, $4 FROM user_account WHERE email = $5`,
      [
        newId(),
        `${this.origin}/${newId()}`,
        this.#keys.getPublicKey('base64url'),
        this.#auth.toString('base64url'),
        email,
      ],
    );
  }

  /** The text of the next message. */
  message(): Promise<string> {
    return this.#got.first('a push message', () => true, { since: this.#got.items.length, within: 10_000 });
  }

  async close(): Promise<void> {
    this.server.close();
    rmSync(this.folder, { recursive: true });
  }

  private take(body: Buffer): void {
    const keys = {
      version: 'aes128gcm',
      privateKey: this.#keys,
      authSecret: this.#auth.toString('base64url'),
    };
    this.#got.add(decrypt(body, keys).toString());
  }
}
