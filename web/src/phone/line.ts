import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { RTCSessionEvent, UA } from 'jssip/lib/UA.js';
import { ask } from '../api/http.js';
import { ProblemError } from '../api/problem.js';
import { helpWith } from './ice.js';
import { keepPlace, keptPlace } from './place.js';
import type { LineState, Place } from './state.js';

/** What our server gives a browser to be a telephone with: `PUT /v1/phone/session`. */
interface Credentials extends Place {
  readonly username: string;
  readonly secret: string;
  readonly realm: string;
  readonly expiresAt: string;
  readonly iceServers: readonly IceServer[];
}

/** Of a visitor: the same without a place, and a token that opens the door once. */
export interface VisitorPass {
  readonly username: string;
  readonly secret: string;
  readonly realm: string;
  readonly token: string;
  readonly iceServers: readonly IceServer[];
}

/** As our server names them; for one call or one hour. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface LineListener {
  state(line: LineState, place?: Place): void;
  incoming(session: RTCSession): void;
  /** The way to the server is there again after it was gone. */
  back(): void;
}

const RENEW_BEFORE_MS = 15 * 60_000;
const REGISTER_SECONDS = 120;
const AGAIN_AFTER_MS = 3_000;

const doorUrl = (query = ''): string => `${location.origin.replace(/^http/, 'ws')}/sip${query}`;

/** The browser's registration with the exchange: kept up, with a new secret now and then, through lost networks. */
export class Line {
  realm = '';
  username = '';
  private ua: UA | undefined;
  private renewing: ReturnType<typeof setTimeout> | undefined;
  private wasReady = false;
  private stopped = false;

  constructor(private readonly listener: LineListener) {}

  get agent(): UA | undefined {
    return this.ua;
  }

  /** Asks for credentials and registers. What goes wrong is told as a state, and tried again where that can help. */
  async start(): Promise<void> {
    this.stopped = false;
    clearTimeout(this.renewing);
    if (this.ua === undefined) this.listener.state('connecting');
    try {
      const place = keptPlace();
      const given = await ask('PUT /v1/phone/session', {
        body: place === undefined ? {} : { place },
      });
      if (this.stopped) return;
      const renewal = new Date(given.expiresAt).getTime() - Date.now() - RENEW_BEFORE_MS;
      this.renewing = setTimeout(() => void this.start(), Math.max(60_000, renewal));
      this.take(given);
    } catch (error) {
      this.refused(error);
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.renewing);
    const { ua } = this;
    this.ua = undefined;
    this.wasReady = false;
    ua?.stop();
    this.listener.state('off');
  }

  /** Where emergency calls say that this browser stands, from now on. */
  async moveTo(place: Place): Promise<void> {
    keepPlace(place);
    await this.start();
  }

  private take({ username, secret, realm, country, locationNumber, iceServers }: Credentials): void {
    this.realm = realm;
    helpWith(iceServers);
    const place = { country, locationNumber };
    if (this.ua !== undefined && username === this.username) {
      // What JsSIP signs with is the digest that it made of the first secret.
      this.ua.set('password', secret);
      this.ua.set('ha1', JsSIP.Utils.calculateMD5(`${username}:${realm}:${secret}`));
      this.listener.state(this.ua.isRegistered() ? 'ready' : 'connecting', place);
      if (!this.ua.isRegistered() && this.ua.isConnected()) this.ua.register();
      return;
    }
    this.ua?.stop();
    this.username = username;
    this.ua = agentOf({ username, secret, realm, url: doorUrl(), register: true });
    this.follow(this.ua, place);
    this.ua.start();
  }

  private follow(ua: UA, place: Place): void {
    const mine = () => this.ua === ua && !this.stopped;
    ua.on('registered', () => {
      if (!mine()) return;
      this.listener.state('ready', place);
      if (this.wasReady) this.listener.back();
      this.wasReady = true;
    });
    ua.on('disconnected', () => {
      if (!mine()) return;
      this.listener.state('lost', place);
      // The session or its device may be gone, which a closed door does not tell: the server says so.
      clearTimeout(this.renewing);
      this.renewing = setTimeout(() => void this.start(), AGAIN_AFTER_MS);
    });
    ua.on('registrationFailed', () => {
      if (!mine()) return;
      this.listener.state('lost', place);
      clearTimeout(this.renewing);
      this.renewing = setTimeout(() => void this.start(), AGAIN_AFTER_MS);
    });
    ua.on('newRTCSession', ({ originator, session }: RTCSessionEvent) => {
      if (mine() && `${originator}` === 'remote') this.listener.incoming(session);
    });
  }

  private refused(error: unknown): void {
    const status = error instanceof ProblemError ? error.status : 0;
    if (error instanceof ProblemError && error.code === 'phone.place-needed') {
      this.listener.state('no-place');
      return;
    }
    if (status >= 400 && status < 500 && status !== 429) {
      this.stop();
      this.listener.state(status === 401 ? 'off' : 'refused');
      return;
    }
    this.listener.state('lost');
    this.renewing = setTimeout(() => void this.start(), AGAIN_AFTER_MS);
  }
}

interface AgentOptions {
  readonly username: string;
  readonly secret: string;
  readonly realm: string;
  readonly url: string;
  readonly register: boolean;
}

function agentOf({ username, secret, realm, url, register }: AgentOptions): UA {
  return new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(url)],
    uri: `sip:${username}@${realm}`,
    password: secret,
    register,
    register_expires: REGISTER_SECONDS,
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 15,
    user_agent: 'Anydial browser',
  });
}

/** A visitor's telephone: it calls, once, and is never called. */
export const visitorAgent = ({ username, secret, realm, token }: VisitorPass): UA =>
  agentOf({ username, secret, realm, url: doorUrl(`?visit=${encodeURIComponent(token)}`), register: false });
