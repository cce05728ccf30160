import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { WebSocket, WebSocketServer } from 'ws';
import type { Config, Role } from '../../../src/config.js';
import { Db } from '../../../src/infra/db/db.js';
import { Listener } from '../../../src/infra/db/listen.js';
import type { UserRole } from '../../../src/infra/http/policies.js';
import { createLog } from '../../../src/infra/log/log.js';
import { newId } from '../../../src/kernel/ids.js';
import { createApp } from '../../../src/start.js';
import { addAccount } from '../../support/accounts.js';
import { type Answer, ask, type SignedIn, signIn } from '../../support/http-client.js';
import { testConfig } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const PASSWORD = 'correct horse battery';
export const ORIGIN = 'http://phone.example';

/** The web role beside a socket that stands for Asterisk's, and members with telephones. */
export class PhoneWorld {
  /** What browsers said that came to Asterisk. */
  readonly heard: string[] = [];
  private accounts = 0;

  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
    readonly db: Db,
    private readonly database: TestDatabase,
    private readonly asterisk: WebSocketServer,
  ) {}

  static async open(
    roles: readonly Role[] = ['web'],
    more: (config: Config) => Partial<Config> = () => ({}),
    redisUrl = nowhere,
    listenOn = 0,
  ): Promise<PhoneWorld> {
    const database = await testDatabase();
    const asterisk = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(asterisk, 'listening');
    const { port: wsPort } = asterisk.address() as AddressInfo;
    const given = testConfig({ databaseUrl: database.url, redisUrl, publicUrl: ORIGIN, roles });
    const config = { ...given, sip: { ...given.sip, wsPort }, ...more(given) };
    const app = await createApp(config, createLog(config));
    await app.listen(listenOn, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const world = new PhoneWorld(app, `http://127.0.0.1:${port}`, app.get(Db), database, asterisk);
    asterisk.on('connection', (socket) => {
      socket.on('message', (data) => {
        world.heard.push(String(data));
        // Enough of the request for a browser to be content with the answer.
        const same = String(data)
          .split('\r\n')
          .filter((line) => /^(Via|From|To|Call-ID|CSeq|Contact):/i.test(line));
        socket.send(['SIP/2.0 200 OK', ...same, `X-Seen: ${world.heard.length}`, '', ''].join('\r\n'));
      });
    });
    return world;
  }

  async close(): Promise<void> {
    await this.app.close();
    for (const socket of this.asterisk.clients) socket.terminate();
    this.asterisk.close();
    await this.database.remove();
  }

  async member(name: string, phone?: { readonly username: string }): Promise<string> {
    const id = newId();
    await this.db.run(
      "INSERT INTO member (id, kind, name, language, country) VALUES ($1, 'person', $2, 'ko', 'KR')",
      [id, name],
    );
    if (phone !== undefined) await this.device(id, phone.username);
    return id;
  }

  async device(memberId: string, username: string): Promise<string> {
    const id = newId();
    await this.db.run(
      `INSERT INTO device (id, member_id, username, digest, label, kind, country, location_number, location_national)
       VALUES ($1, $2, $3, repeat('a', 32), 'desk', 'sip', 'KR', '+82262001111', '0262001111')`,
      [id, memberId, username],
    );
    return id;
  }

  async account(role: UserRole, whose: { memberId?: string; companyId?: string }): Promise<SignedIn> {
    const email = `${role}-${++this.accounts}@example.com`;
    const id = await addAccount(this.db, email, PASSWORD, [role]);
    await this.db.run('UPDATE user_account SET member_id = $2, company_id = $3 WHERE id = $1', [
      id,
      whose.memberId ?? null,
      whose.companyId ?? null,
    ]);
    return signIn(this.url, email, PASSWORD);
  }

  get listener(): Listener {
    return this.app.get(Listener);
  }

  ask(who: SignedIn | undefined, route: string, body?: unknown): Promise<Answer> {
    return ask(this.url, route, {
      ...(who === undefined ? {} : { headers: who.page }),
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Knocks at the SIP door; an HTTP status when it stays closed. */
  async knock({
    who,
    origin = ORIGIN,
    query = '',
  }: {
    who?: SignedIn;
    origin?: string;
    query?: string;
  }): Promise<Guest | number> {
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/sip${query}`, 'sip', {
      origin,
      ...(who === undefined ? {} : { headers: who.cookie }),
    });
    const answer = Promise.withResolvers<Guest | number>();
    socket.on('open', () => answer.resolve(new Guest(socket)));
    socket.on('unexpected-response', (request, { statusCode = 0 }) => {
      request.destroy();
      answer.resolve(statusCode);
    });
    // A refused handshake is also an error, after its answer.
    socket.on('error', () => undefined);
    return answer.promise;
  }
}

/** A browser's end of an open door. */
export class Guest {
  readonly closed: Promise<number>;

  constructor(private readonly socket: WebSocket) {
    this.closed = once(socket, 'close').then(([code]) => Number(code));
  }

  /** Says something and resolves with the answer. */
  async says(text: string): Promise<string> {
    const answer = once(this.socket, 'message');
    this.socket.send(text);
    return String((await answer)[0]);
  }

  tell(text: string): void {
    this.socket.send(text);
  }

  leave(): Promise<number> {
    this.socket.close();
    return this.closed;
  }
}
