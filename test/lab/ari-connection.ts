import { once } from 'node:events';
import { WebSocket } from 'ws';
import {
  type ChannelEvent,
  describeEvent,
  endpointOf,
  isChannelEvent,
  type LabEvent,
  wantedEvents,
} from './ari-events.js';
import { History } from './history.js';

export interface AriAccess {
  /** `http://127.0.0.1:8088`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** ARI's answer when it is no 2xx. */
export class AriRefusal extends Error {
  constructor(
    readonly status: number,
    request: string,
    body: string,
  ) {
    super(`${request} was refused with ${status}: ${body}`);
  }
}

const REQUEST_DEADLINE_MS = 5_000;

/** A small ARI client for drivers: one application that is told of every channel, and requests that throw AriRefusal. */
export class AriConnection {
  readonly events = new History<LabEvent>('ARI', describeEvent);
  readonly #channels = new Map<string, History<ChannelEvent>>();
  #socket: WebSocket | undefined;

  constructor(
    private readonly access: AriAccess,
    readonly app: string,
  ) {}

  /** What happened, and will happen, to the channel of one call at one PJSIP endpoint. */
  channel(endpoint: string, sipCallId: string): History<ChannelEvent> {
    const key = `${endpoint} ${sipCallId}`;
    const known = this.#channels.get(key);
    if (known) return known;
    const channel = new History<ChannelEvent>(`channel of ${endpoint}, call ${sipCallId}`, describeEvent);
    this.#channels.set(key, channel);
    return channel;
  }

  /** Opens the event stream of `app`, subscribed to all channels and bridges. */
  async open(): Promise<void> {
    const url = new URL('/ari/events', this.access.url);
    url.protocol = url.protocol.replace('http', 'ws');
    url.search = new URLSearchParams({ app: this.app, subscribeAll: 'true' }).toString();
    const socket = new WebSocket(url, {
      headers: { authorization: this.#authorization() },
      handshakeTimeout: REQUEST_DEADLINE_MS,
    });
    socket.on('message', (text) => this.#receive(JSON.parse(text.toString())));
    socket.on('close', () => this.#end(new Error(`the ARI event stream of ${this.app} was closed`)));
    await once(socket, 'open');
    socket.on('error', (error) => this.#end(error));
    this.#socket = socket;
    await this.put(`/applications/${this.app}/eventFilter`, {
      allowed: wantedEvents.map((type) => ({ type })),
    });
  }

  async close(): Promise<void> {
    if (!this.#socket || this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  get<T>(path: string): Promise<T> {
    return this.#request('GET', path);
  }
  post<T = void>(path: string, body?: object): Promise<T> {
    return this.#request('POST', path, body);
  }
  put<T = void>(path: string, body?: object): Promise<T> {
    return this.#request('PUT', path, body);
  }
  async delete(path: string): Promise<void> {
    await this.#request('DELETE', path);
  }
  /** Deletes what may have ended by itself meanwhile. */
  async deleteIfThere(path: string): Promise<void> {
    await this.delete(path).catch((error: unknown) => {
      if (!(error instanceof AriRefusal && error.status === 404)) throw error;
    });
  }

  async #request<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(new URL(`/ari${path}`, this.access.url), {
      method,
      headers: { authorization: this.#authorization(), 'content-type': 'application/json' },
      signal: AbortSignal.timeout(REQUEST_DEADLINE_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new AriRefusal(response.status, `${method} ${path}`, text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  #receive(event: LabEvent): void {
    if (event.type === 'ApplicationReplaced') {
      this.#end(new Error(`another driver attached to application ${this.app}`));
      return;
    }
    if (isChannelEvent(event)) this.channel(endpointOf(event.channel), event.channel.protocol_id).add(event);
    this.events.add(event);
  }

  #end(reason: Error): void {
    this.events.close(reason);
    for (const channel of this.#channels.values()) channel.close(reason);
  }

  #authorization(): string {
    const { username, password } = this.access;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }
}
