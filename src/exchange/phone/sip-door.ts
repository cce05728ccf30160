import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../infra/log/log.js';
import type { Clock } from '../../kernel/clock.js';
import { isRegistered, judgeFrame } from './domain/sip-frame.js';

/** Whose connection it is: which SIP user may speak on it. */
export interface DoorGuest {
  readonly username: string;
  /** What the limits count by: a session, or a visitor's source. */
  readonly key: string;
  /** The session of a signed-in browser; undefined for visitors. */
  readonly sessionId?: string;
  /** His telephone can be called now. */
  registered?(): void;
  /** The connection is over; `last`: he has no other one. */
  left?(last: boolean): void;
}

/** `status`: why the door stays closed. */
export type Admission =
  | { readonly ok: true; readonly guest: DoorGuest }
  | { readonly ok: false; readonly status: number };

export interface DoorParts {
  /** Asterisk's WebSocket, `ws://127.0.0.1:…/ws`. */
  readonly upstream: string;
  /** The only origin whose pages may come. */
  readonly origin: string;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
  admit(request: IncomingMessage): Promise<Admission>;
  /** Of these sessions, those that have ended. Their browsers are shown out. */
  seen(sessionIds: readonly string[]): Promise<readonly string[]>;
}

const PATH = '/sip';
const MOST_FRAME_BYTES = 65_536;
/** Asterisk takes 4,000 sockets (http.conf), ARI's among them. */
const MOST_GUESTS = 3_500;
const MOST_OF_ONE = 4;
/** A browser's telephone says a few things a second in its busiest moment. */
const FRAMES_PER_TICK = 1_500;
const TICK_MS = 25_000;
const MOST_WAITING_BYTES = 1_048_576;

/** WebSocket close codes: 1008 policy, 1011 our trouble, 1013 try later; 4401: sign in again. */
const CODES = { policy: 1008, trouble: 1011, later: 1013, signIn: 4401 } as const;

interface Passage {
  readonly guest: DoorGuest;
  readonly browser: WebSocket;
  readonly asterisk: WebSocket;
  frames: number;
  alive: boolean;
  registered: boolean;
}

/**
 * SIP over WebSocket on our own origin: browsers of signed-in people and of visitors are put through to Asterisk, whose port no
 * browser sees. Signalling only; media goes its own way, encrypted between browser and Asterisk.
 */
export class SipDoor {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_FRAME_BYTES,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  private readonly passages = new Set<Passage>();
  private cancelTick: () => void = () => undefined;

  constructor(private readonly parts: DoorParts) {}

  /** How many are put through now. */
  get size(): number {
    return this.passages.size;
  }

  open(): void {
    this.cancelTick = this.parts.clock.after(TICK_MS, () => {
      this.tick().catch((error: unknown) =>
        this.parts.log.warn({ err: error }, 'sessions of browsers that phone were not looked at'),
      );
      this.open();
    });
  }

  close(): void {
    this.cancelTick();
    for (const passage of this.passages) this.end(passage, CODES.later);
    this.server.close();
  }

  /** An HTTP upgrade of any path: those that are not ours, or that may not come, are refused and closed. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?', 1)[0];
    if (path !== PATH) return refuse(socket, 404);
    if (request.headers.origin !== this.parts.origin) return refuse(socket, 403);
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
    if (!offered.includes('sip')) return refuse(socket, 400);
    if (this.size >= MOST_GUESTS) return refuse(socket, 503);
    const admission = await this.parts.admit(request);
    if (!admission.ok) return refuse(socket, admission.status);
    const { guest } = admission;
    const others = [...this.passages].filter((one) => one.guest.key === guest.key);
    if (others.length >= MOST_OF_ONE) return refuse(socket, 429);
    this.server.handleUpgrade(request, socket, head, (browser) => this.putThrough(guest, browser));
  }

  private putThrough(guest: DoorGuest, browser: WebSocket): void {
    const asterisk = new WebSocket(this.parts.upstream, 'sip', { maxPayload: MOST_FRAME_BYTES });
    const passage: Passage = { guest, browser, asterisk, frames: 0, alive: true, registered: false };
    this.passages.add(passage);
    const waiting: RawData[] = [];
    asterisk.on('open', () => {
      for (const data of waiting.splice(0)) asterisk.send(textOf(data));
    });
    asterisk.on('message', (data) => {
      if (browser.bufferedAmount > MOST_WAITING_BYTES) this.end(passage, CODES.policy);
      else if (browser.readyState === WebSocket.OPEN) this.answered(passage, textOf(data));
    });
    asterisk.on('close', () => this.end(passage, CODES.later));
    asterisk.on('error', (error) => {
      this.parts.log.warn({ err: error }, 'Asterisk took no connection of a browser');
      this.end(passage, CODES.later);
    });
    browser.on('message', (data) => this.said(passage, data, waiting));
    browser.on('pong', () => {
      passage.alive = true;
    });
    browser.on('close', () => this.end(passage, CODES.later));
    browser.on('error', () => this.end(passage, CODES.policy));
  }

  private said(passage: Passage, data: RawData, waiting: RawData[]): void {
    const { guest, asterisk } = passage;
    const verdict =
      ++passage.frames > FRAMES_PER_TICK ? 'too-many' : judgeFrame(textOf(data), guest.username);
    if (verdict !== 'pass') {
      this.parts.log.warn({ guest: guest.key, verdict }, 'a browser is shown out of the SIP door');
      this.end(passage, CODES.policy);
      return;
    }
    if (asterisk.readyState === WebSocket.OPEN) asterisk.send(textOf(data));
    else if (waiting.length < 20) waiting.push(data);
  }

  /** What Asterisk says, for the browser. */
  private answered(passage: Passage, text: string): void {
    if (!passage.registered && isRegistered(text)) {
      passage.registered = true;
      passage.guest.registered?.();
    }
    passage.browser.send(text);
  }

  private end(passage: Passage, code: number): void {
    if (!this.passages.delete(passage)) return;
    const { browser, asterisk, guest } = passage;
    if (browser.readyState === WebSocket.OPEN) browser.close(code);
    else browser.terminate();
    asterisk.terminate();
    guest.left?.(![...this.passages].some((one) => one.guest.key === guest.key));
  }

  /** Who does not answer is gone; whose session has ended is shown out. */
  private async tick(): Promise<void> {
    for (const passage of [...this.passages]) {
      passage.frames = 0;
      if (!passage.alive) this.end(passage, CODES.later);
      passage.alive = false;
      passage.browser.ping();
    }
    const sessions = [...this.passages].flatMap(({ guest }) => guest.sessionId ?? []);
    if (sessions.length === 0) return;
    const ended = new Set(await this.parts.seen(sessions));
    for (const passage of [...this.passages])
      if (passage.guest.sessionId !== undefined && ended.has(passage.guest.sessionId))
        this.end(passage, CODES.signIn);
  }
}

const textOf = (data: RawData): string =>
  Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data as Buffer).toString();

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

function refuse(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
  );
}
