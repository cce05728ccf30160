import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type pg from 'pg';
import { History } from '../../lab/history.js';
import { parseSip, type SipMessage, uriOf } from '../../lab/sip-message.js';

/** What it does with an INVITE: one or more statuses, each so many milliseconds after the one before; none: it swallows it. */
export type Oddity = readonly { readonly status: number; readonly afterMs?: number }[];

const ADDRESS = '127.0.0.52';

/**
 * A gateway that does what no proper one does. It answers OPTIONS, so that it looks well; what it does with an INVITE the
 * test says by the called number. Each called number is a trunk of its own, before every other for that number.
 */
export class OddGateway {
  /** First INVITEs, each once; `at` is when it came. */
  readonly invites = new History<SipMessage>('odd gateway', ({ requestUri }) => requestUri ?? '');
  private readonly seen = new Set<string>();
  private readonly socket: Socket = createSocket('udp4');

  constructor(private readonly oddities: Readonly<Record<string, Oddity>>) {
    this.socket.on('message', (raw, from) => this.take(raw.toString(), from));
  }

  /** Trunks and routes for its numbers (national, Korea), tried first; gw-kr stays the next. */
  async rows(db: pg.Client): Promise<void> {
    this.socket.bind(0, ADDRESS);
    await once(this.socket, 'listening');
    for (const number of Object.keys(this.oddities)) {
      const e164 = `82${number.slice(1)}`;
      await db.query(
        `INSERT INTO trunk (id, name, kind, country, host, port, called_format, calling_format)
         VALUES ($1, 'odd', 'gateway', 'KR', $2, $3, '{"form":"national"}', '{"form":"national"}')`,
        [trunkOf(number), ADDRESS, this.socket.address().port],
      );
      await db.query(
        `INSERT INTO route (id, prefix, trunk_id, currency) VALUES (gen_random_uuid(), $1, $2, 'USD')`,
        [e164, trunkOf(number)],
      );
    }
  }

  async noRows(db: pg.Client): Promise<void> {
    this.socket.close();
    await db.query(`DELETE FROM trunk WHERE id = ANY($1)`, [Object.keys(this.oddities).map(trunkOf)]);
  }

  private take(raw: string, { address, port }: RemoteInfo): void {
    const wire = { at: new Date(), direction: 'in', peer: `${address}:${port}` } as const;
    const message = parseSip(raw, wire);
    if (message?.method === 'OPTIONS') this.answer(message, 200, port, address);
    if (message?.method !== 'INVITE' || this.seen.has(message.callId)) return;
    this.seen.add(message.callId);
    this.invites.add(message);
    let after = 0;
    for (const { status, afterMs = 0 } of this.oddities[uriOf(message.requestUri ?? '').user] ?? []) {
      after += afterMs;
      setTimeout(() => this.answer(message, status, port, address), after);
    }
  }

  private answer(request: SipMessage, status: number, port: number, address: string): void {
    const value = (name: string) => request.headers.get(name) ?? [];
    const tag = status === 100 ? '' : ';tag=odd';
    const lines = [
      `SIP/2.0 ${status} Odd`,
      ...value('via').map((via) => `Via: ${via}`),
      `From: ${value('from')[0]}`,
      `To: ${value('to')[0]}${tag}`,
      `Call-ID: ${request.callId}`,
      `CSeq: ${value('cseq')[0]}`,
      'Content-Length: 0',
    ];
    this.socket.send(`${lines.join('\r\n')}\r\n\r\n`, port, address);
  }
}

export const trunkOf = (number: string): string => `odd-${number}`;
