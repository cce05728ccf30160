import { createHash, randomUUID } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type pg from 'pg';
import { History } from '../../lab/history.js';
import { header, parseSip, type SipMessage, uriOf } from '../../lab/sip-message.js';

const ADDRESS = '127.0.0.53';
/** Not among the trunk's addresses: what comes from here is known by the registration alone, if at all. */
const ELSEWHERE = '127.0.0.54';
const USERNAME = 'anydial-01@carrier.example';
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/**
 * A carrier that knows nobody by his address: REGISTER is asked for credentials with 401, INVITE with 407. With the right ones a
 * registration is taken, and whoever is called is busy; with wrong ones REGISTER is forbidden, and INVITE is asked again.
 */
export class AskingCarrier {
  /** What was accepted or refused for its credentials; `status` says which. */
  readonly judged = new History<{ readonly request: SipMessage; readonly status: number }>(
    'asking carrier',
    ({ request, status }) => `${request.method} ${status}`,
  );
  /** Answers to what it sends from elsewhere. */
  readonly answers = new History<SipMessage>('asking carrier', ({ status }) => String(status));
  private readonly socket: Socket = createSocket('udp4');
  private readonly elsewhere: Socket = createSocket('udp4');

  constructor(private readonly secret: string) {
    this.socket.on('message', (raw, from) => this.take(raw.toString(), from));
    this.elsewhere.on('message', (raw, from) => {
      const answer = parseSip(raw.toString(), wireOf(from));
      if (answer?.status !== undefined) this.answers.add(answer);
    });
  }

  /** A trunk that registers with it, and the way of `number` (national, Korea). */
  async trunk(db: pg.Client, id: string, secret: string, number: string): Promise<void> {
    this.socket.bind(0, ADDRESS);
    this.elsewhere.bind(0, ELSEWHERE);
    await Promise.all([once(this.socket, 'listening'), once(this.elsewhere, 'listening')]);
    await db.query(
      `INSERT INTO trunk (id, name, kind, country, host, port, called_format, calling_format, username, secret, registers)
       VALUES ($1, 'asking', 'gateway', 'KR', $2, $3, '{"form":"national"}', '{"form":"national"}', $4, $5, true)`,
      [id, ADDRESS, this.socket.address().port, USERNAME, secret],
    );
    await db.query(
      `INSERT INTO route (id, prefix, trunk_id, currency) VALUES (gen_random_uuid(), $1, $2, 'USD')`,
      [`82${number.slice(1)}`, id],
    );
  }

  close(): void {
    this.socket.close();
    this.elsewhere.close();
  }

  /** Calls a number over a registration, from an address that nobody knows; @param contact what was registered. */
  call(contact: string, number: string): void {
    const [, host = '', port = '5060'] = /@([\d.]+):?(\d*)/.exec(contact) ?? [];
    const line = /;line=[^;>]*/.exec(contact)?.[0] ?? '';
    const own = `${ELSEWHERE}:${this.elsewhere.address().port}`;
    const lines = [
      `INVITE sip:${number}@${host}:${port}${line} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${randomUUID()}`,
      'Max-Forwards: 70',
      `From: <sip:0311234567@${ADDRESS}>;tag=asking`,
      `To: <sip:${number}@${host}>`,
      `Call-ID: ${randomUUID()}`,
      'CSeq: 1 INVITE',
      `Contact: <sip:asking@${own}>`,
      'Content-Length: 0',
    ];
    this.elsewhere.send(`${lines.join('\r\n')}\r\n\r\n`, Number(port), host);
  }

  private take(raw: string, from: RemoteInfo): void {
    const request = parseSip(raw, wireOf(from));
    if (request?.method === 'OPTIONS') this.answer(request, 200, from);
    if (request?.method === 'REGISTER') this.judge(request, from, 'WWW-Authenticate', 401, 403, 200);
    if (request?.method === 'INVITE') this.judge(request, from, 'Proxy-Authenticate', 407, 407, 486);
  }

  private judge(
    request: SipMessage,
    from: RemoteInfo,
    asks: string,
    unasked: number,
    wrong: number,
    right: number,
  ): void {
    const given = header(request, 'authorization') ?? header(request, 'proxy-authorization');
    const status = given === undefined ? unasked : this.isRight(request, given) ? right : wrong;
    const contact = header(request, 'contact') ?? '';
    const more = [
      ...(status === unasked
        ? [`${asks}: Digest realm="carrier.example", nonce="${randomUUID()}", algorithm=MD5`]
        : []),
      ...(status === 200 ? [`Contact: ${contact};expires=${header(request, 'expires') ?? '600'}`] : []),
    ];
    this.answer(request, status, from, more);
    if (given !== undefined) this.judged.add({ request, status });
  }

  /** RFC 2617, without qop. */
  private isRight({ method, requestUri }: SipMessage, given: string): boolean {
    const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(given)?.[1] ?? '';
    const account = md5(`${USERNAME}:carrier.example:${this.secret}`);
    const wanted = md5(`${account}:${value('nonce')}:${md5(`${method}:${requestUri}`)}`);
    return value('username') === USERNAME && value('response') === wanted;
  }

  private answer(
    request: SipMessage,
    status: number,
    { address, port }: RemoteInfo,
    more: readonly string[] = [],
  ): void {
    const value = (name: string) => request.headers.get(name) ?? [];
    const lines = [
      `SIP/2.0 ${status} Asking`,
      ...value('via').map((via) => `Via: ${via}`),
      `From: ${value('from')[0]}`,
      `To: ${value('to')[0]};tag=asking`,
      `Call-ID: ${request.callId}`,
      `CSeq: ${value('cseq')[0]}`,
      ...more,
      'Content-Length: 0',
    ];
    this.socket.send(`${lines.join('\r\n')}\r\n\r\n`, port, address);
  }
}

const wireOf = ({ address, port }: RemoteInfo) =>
  ({ at: new Date(), direction: 'in', peer: `${address}:${port}` }) as const;

export const registeredAs = ({ request }: { readonly request: SipMessage }) =>
  uriOf(header(request, 'contact') ?? '');

export const signsOff = (request: SipMessage): boolean =>
  request.method === 'REGISTER' &&
  (header(request, 'expires') === '0' || /expires=0/.test(header(request, 'contact') ?? ''));
