import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { History } from '../lab/history.js';

/** A mail as it came over the wire. */
export interface SunkMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body, dot-stuffing taken away. */
  readonly raw: string;
}

/** How the next connection is treated: taken, refused at RCPT with that answer, or cut after the mail has come, without a word. */
export type Manner = 'take' | 'cut' | `${4 | 5}${number}`;

/** A mail server that keeps what it gets (RFC 5321, as far as a client needs), on a loopback port of its own. */
export class SmtpSink {
  readonly mails = new History<SunkMail>('mail', ({ to, raw }) => `${to.join()} ${raw.length} bytes`);
  /** What the next mails meet, in order; then they are taken. */
  readonly manners: Manner[] = [];
  connections = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(): Promise<SmtpSink> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sink = new SmtpSink(server, (server.address() as { port: number }).port);
    server.on('connection', (socket) => sink.talk(socket));
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private talk(socket: Socket): void {
    this.connections++;
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const manner = this.manners.shift() ?? 'take';
    const say = (line: string) => socket.write(`${line}\r\n`);
    let from = '';
    let to: string[] = [];
    let data: string[] | undefined;
    say('220 sink ESMTP');
    createInterface({ input: socket }).on('line', (line) => {
      if (data !== undefined) {
        if (line !== '.') {
          data.push(line.replace(/^\./, ''));
          return;
        }
        this.mails.add({ from, to, raw: data.join('\r\n') });
        data = undefined;
        if (manner === 'cut') socket.destroy();
        else say('250 taken');
        return;
      }
      const [, address = ''] = /<(.*)>/.exec(line) ?? [];
      switch (line.slice(0, 4).toUpperCase()) {
        case 'MAIL':
          from = address;
          to = [];
          say('250 ok');
          return;
        case 'RCPT':
          if (manner !== 'take' && manner !== 'cut') return void say(`${manner} no`);
          to.push(address);
          say('250 ok');
          return;
        case 'DATA':
          data = [];
          say('354 go on');
          return;
        case 'QUIT':
          say('221 bye');
          socket.end();
          return;
        default:
          say('250 sink');
      }
    });
  }
}

/** The first attachment, decoded. */
export function attachmentOf({ raw }: SunkMail): Buffer {
  const found = /Content-Disposition: attachment[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(raw);
  if (found?.[1] === undefined) throw new Error('the mail has no attachment');
  return Buffer.from(found[1], 'base64');
}
