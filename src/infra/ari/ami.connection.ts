import { connect, type Socket } from 'node:net';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import { type AmiFields, type AmiMessage, AmiSplitter, formatAction } from './ami.protocol.js';

/** `answered`: Asterisk's response and, for list actions, the list. `unsendable`: a field has a line break in it. */
export type AmiAnswer =
  | { readonly kind: 'answered'; readonly response: AmiMessage; readonly list: readonly AmiMessage[] }
  | { readonly kind: 'unanswered'; readonly message: string }
  | { readonly kind: 'unsendable' };

export interface AmiAddress {
  readonly host: string;
  readonly port: number;
}
export interface AmiListener {
  onConnect(): void;
  onEvent(event: AmiMessage): void;
  /** Exactly once and last. Every action still waiting has been answered `unanswered` before. */
  onClose(reason: string): void;
}

interface Waiting {
  readonly settle: (answer: AmiAnswer) => void;
  readonly cancelDeadline: CancelTimer;
  response?: AmiMessage;
  readonly list: AmiMessage[];
}

const CONNECT_MS = 5_000;

/** One TCP connection to the manager interface: actions matched to answers by ActionID, everything else is an event. */
export class AmiConnection {
  private readonly socket: Socket;
  private readonly splitter = new AmiSplitter();
  private readonly waiting = new Map<string, Waiting>();
  private readonly cancelConnect: CancelTimer;
  private nextId = 1;
  private reason: string | undefined;

  constructor(
    address: AmiAddress,
    private readonly clock: Clock,
    private readonly listener: AmiListener,
  ) {
    this.cancelConnect = clock.after(CONNECT_MS, () => this.close('no connection'));
    this.socket = connect(address.port, address.host);
    this.socket.setNoDelay().setEncoding('utf8');
    this.socket.on('connect', () => {
      this.cancelConnect();
      listener.onConnect();
    });
    this.socket.on('data', (piece) => this.receive(String(piece)));
    this.socket.on('error', (error) => {
      this.reason ??= error.message;
    });
    this.socket.on('close', () => this.ended());
  }

  send(name: string, fields: AmiFields, deadlineMs: number): Promise<AmiAnswer> {
    const id = String(this.nextId++);
    const action = formatAction(name, id, fields);
    if (action === undefined) return Promise.resolve({ kind: 'unsendable' });
    return new Promise((settle) => {
      const cancelDeadline = this.clock.after(deadlineMs, () =>
        this.settle(id, { kind: 'unanswered', message: `no answer within ${deadlineMs} ms` }),
      );
      this.waiting.set(id, { settle, cancelDeadline, list: [] });
      if (this.socket.destroyed) this.settle(id, { kind: 'unanswered', message: 'connection closed' });
      else this.socket.write(action);
    });
  }

  close(reason: string): void {
    this.reason ??= reason;
    this.socket.destroy();
  }

  private receive(piece: string): void {
    const messages = this.splitter.feed(piece);
    if (messages === undefined) this.close('this is no manager interface');
    for (const message of messages ?? []) this.take(message);
  }

  private take(message: AmiMessage): void {
    const id = message.get('actionid') ?? '';
    const waiting = this.waiting.get(id);
    if (waiting === undefined) {
      if (message.has('event')) this.listener.onEvent(message);
      return;
    }
    const listing = message.get('eventlist')?.toLowerCase();
    if (message.has('response')) waiting.response = message;
    else if (listing === undefined) waiting.list.push(message);
    const complete = message.has('response') ? listing !== 'start' : listing !== undefined;
    const { response, list } = waiting;
    if (complete && response !== undefined) this.settle(id, { kind: 'answered', response, list });
  }

  private settle(id: string, answer: AmiAnswer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.cancelDeadline();
    waiting?.settle(answer);
  }

  private ended(): void {
    this.cancelConnect();
    const reason = this.reason ?? 'closed by Asterisk';
    for (const id of [...this.waiting.keys()]) this.settle(id, { kind: 'unanswered', message: reason });
    this.listener.onClose(reason);
  }
}
