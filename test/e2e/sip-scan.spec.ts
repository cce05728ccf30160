import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MOST_GUESSES } from '../../src/exchange/bans/domain/ban-book.js';
import { but, plain, textOf } from '../lab/torture/build.js';
import { hearEachOther, talking } from './support/talk.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
const SCANNER = '127.0.0.67';
const OTHER = '127.0.0.68';
/** One known account, and some that are not. */
const ACCOUNTS = ['lab-a', '100', '1000', 'admin', 'lab-z'];
const NODE = `${process.env['SIP_HOST']}:${process.env['SIP_PORT']}`;
const world = inWorld();

/** A stranger's socket that asks and hears the last answer to each request. */
class Stranger {
  private names = 0;
  private readonly own = `${process.pid}-${Math.random().toString(36).slice(2)}`;

  private constructor(
    private readonly socket: Socket,
    private readonly ends: { readonly from: string; readonly to: string },
  ) {}

  static async at(address: string): Promise<Stranger> {
    const socket = createSocket('udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    return new Stranger(socket, { from: `${address}:${socket.address().port}`, to: NODE });
  }

  async ask(
    method: string,
    account: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const name = `scan-${this.own}-${++this.names}`;
    const request = but(
      { ...plain(method, name, this.ends), start: `${method} sip:${NODE} SIP/2.0` },
      { From: `<sip:${account}@${NODE}>;tag=${name}`, To: `<sip:${account}@${NODE}>`, ...headers },
    );
    const answer = new Promise<string>((resolve) => {
      const listen = (packet: Buffer) => {
        const text = packet.toString();
        if (!text.includes(`${name}@torture`) || text.startsWith('SIP/2.0 1')) return;
        this.socket.off('message', listen);
        resolve(text);
      };
      this.socket.on('message', listen);
    });
    this.socket.send(textOf(request), Number(process.env['SIP_PORT']), process.env['SIP_HOST']);
    return answer;
  }

  /** As svcrack does: a challenge, then an answer to it by a guessed secret. */
  async guess(account: string, secret: string): Promise<string> {
    const challenge = await this.ask('REGISTER', account);
    const [realm, nonce, opaque] = ['realm', 'nonce', 'opaque'].map(
      (field) => new RegExp(`${field}="([^"]*)"`).exec(challenge)?.[1] ?? '',
    );
    const uri = `sip:${NODE}`;
    const md5 = (...parts: string[]) => createHash('md5').update(parts.join(':')).digest('hex');
    const response = md5(
      md5(account, realm ?? '', secret),
      nonce ?? '',
      '00000001',
      'abc',
      'auth',
      md5('REGISTER', uri),
    );
    return this.ask('REGISTER', account, {
      Authorization: `Digest username="${account}", realm="${realm}", nonce="${nonce}", opaque="${opaque}", uri="${uri}", algorithm=MD5, qop=auth, nc=00000001, cnonce="abc", response="${response}"`,
    });
  }

  close(): void {
    this.socket.close();
  }
}

const statusOf = (answer: string) => answer.slice(8, 11);
/** What an answer says of whom was asked for: everything but what is new in each. */
const comparable = (answer: string, account: string) =>
  answer
    .replaceAll(account, 'ACCOUNT')
    .replace(/scan-[\w-]+/g, 'NAME')
    .replace(/(nonce|opaque)="[^"]*"/g, '$1=""')
    .replace(/tag=[\w.-]+/g, 'tag=')
    .replace(/Content-Length: +\d+/, '');

describe('a scanner, while two talk', () => {
  let scanner: Stranger;
  let other: Stranger;
  beforeEach(async () => {
    [scanner, other] = await Promise.all([Stranger.at(SCANNER), Stranger.at(OTHER)]);
  });
  afterEach(async () => {
    scanner.close();
    other.close();
    await world.records.client.query('DELETE FROM sip_ban');
  });

  /** Each is asked again until the door does what it should: the answer itself is the event. */
  async function untilAnswered(who: Stranger, right: (status: string) => boolean): Promise<void> {
    while (!right(statusOf(await who.ask('OPTIONS', 'nobody'))));
  }

  it('learns of no account, is banned by its guesses, and nobody else is harmed; lifted, it is heard again', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const both = await talking(phoneA, phoneB, B);
    await hearEachOther(both);

    // svmap and svwar: what is there, and which accounts?
    for (const method of ['OPTIONS', 'REGISTER', 'INVITE']) {
      const heard: string[] = [];
      for (const account of ACCOUNTS) heard.push(comparable(await scanner.ask(method, account), account));
      expect(new Set(heard).size).toBe(1);
      expect(statusOf(heard[0] ?? '')).toBe('401');
    }
    expect((await records.client.query('SELECT FROM sip_ban')).rows).toEqual([]);

    // svcrack: known and unknown are refused alike, until the source is.
    for (let tries = 0; tries < MOST_GUESSES; tries++) {
      const account = ACCOUNTS[tries % ACCOUNTS.length] ?? '';
      expect(statusOf(await scanner.guess(account, `guess-${tries}`))).toBe('401');
    }
    await untilAnswered(scanner, (status) => status === '403');
    for (const account of ACCOUNTS) expect(statusOf(await scanner.ask('REGISTER', account))).toBe('403');
    const { rows } = await records.client.query(
      `SELECT source::text, tries, reason, until - banned_at = interval '10 minutes' AS first FROM sip_ban`,
    );
    expect(rows).toEqual([{ source: `${SCANNER}/32`, tries: MOST_GUESSES, reason: 'guessing', first: true }]);

    // Another address is answered as ever, and the two talk on.
    expect(statusOf(await other.ask('REGISTER', 'lab-a'))).toBe('401');
    await hearEachOther(both);
    await both.call.hangup();
    await Promise.all([both.call.ended(), both.arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ endedBy: 'caller', reason: 'hangup' });

    await records.client.query('UPDATE sip_ban SET lifted_at = now()');
    await untilAnswered(scanner, (status) => status === '401');
  });
});
