import type { Socket } from 'node:net';
import WebSocket, { type RawData } from 'ws';
import type { Clock } from '../../kernel/clock.js';
import type { Secret } from '../../kernel/secret.js';
import type { RequestLine } from './rest.socket.js';
import { Twice } from './twice.js';

export interface EventSocketOptions {
  /** Asterisk's HTTP server, without `/ari`. */
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  readonly app: string;
  /** A connection that shows no sign of life for this long after a ping is given up. */
  readonly pingMs: number;
}

/** Each is called in order; `onClose` exactly once and last, unless we closed it ourselves. */
export interface SocketListener {
  onOpen(): void;
  /** Parsed JSON, or undefined for what is none. */
  onMessage(message: unknown): void;
  onClose(reason: string): void;
}

const HANDSHAKE_MS = 5_000;
const MAX_MESSAGE_BYTES = 1024 * 1024;

/** One WebSocket to `/ari/events`: no retry, but it notices a peer that is gone without saying so. */
export class EventSocket implements RequestLine {
  private readonly socket: WebSocket;
  private alive = true;
  private readonly twice = new Twice();
  private closed = false;
  private reason = '';
  private cancelPing = (): void => undefined;
  private wire: Socket | undefined;
  private corked = false;

  constructor(
    private readonly options: EventSocketOptions,
    private readonly clock: Clock,
    private readonly listener: SocketListener,
  ) {
    const url = new URL(`${options.url.replace(/^http/, 'ws').replace(/\/$/, '')}/ari/events`);
    url.searchParams.set('app', options.app);
    url.searchParams.set('subscribeAll', 'false');
    const credentials = `${options.username}:${options.password.reveal()}`;
    this.socket = new WebSocket(url, {
      // As a header: an api_key in the URL lands in access logs and error messages.
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      handshakeTimeout: HANDSHAKE_MS,
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
    });
    this.socket.on('upgrade', ({ socket }) => {
      this.wire = socket;
    });
    this.socket.on('open', () => this.opened());
    this.socket.on('message', (data) => this.received(data));
    this.socket.on('pong', () => {
      this.alive = true;
    });
    this.socket.on('error', (error) => {
      this.reason ||= error.message;
    });
    this.socket.on('close', (code) => this.ended(this.reason || `closed by Asterisk (${code})`));
  }

  /** Messages of one turn of the event loop leave together, in one packet. Lost when the socket is not open (any more). */
  send(message: string): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (!this.corked) {
      this.corked = true;
      this.wire?.cork();
      process.nextTick(() => {
        this.corked = false;
        this.wire?.uncork();
      });
    }
    this.socket.send(message);
  }

  /** Ends it at once and silently. */
  close(): void {
    this.closed = true;
    this.cancelPing();
    this.socket.terminate();
  }

  private opened(): void {
    if (this.closed) return;
    this.listener.onOpen();
    this.watch();
  }

  private received(data: RawData): void {
    this.alive = true;
    if (this.closed) return;
    const text = data.toString();
    if (!this.twice.saw(text)) this.listener.onMessage(parse(text));
  }

  private watch(): void {
    this.cancelPing = this.clock.after(this.options.pingMs, () => {
      if (!this.alive) {
        this.reason = `no sign of life for ${this.options.pingMs} ms after a ping`;
        this.socket.terminate();
        return;
      }
      this.alive = false;
      this.socket.ping();
      this.watch();
    });
  }

  private ended(reason: string): void {
    this.cancelPing();
    if (this.closed) return;
    this.closed = true;
    this.listener.onClose(reason);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
