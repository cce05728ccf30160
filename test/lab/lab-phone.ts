import type { AmiConnection } from './ami-connection.js';
import type { AriConnection } from './ari-connection.js';
import { type DialOptions, dial } from './dial.js';
import { History } from './history.js';
import { LabCall, type LabLine } from './lab-call.js';
import { header, type SipMessage, uriOf } from './sip-message.js';

export interface PhoneSpec {
  readonly username: string;
  readonly secret: string;
  /** Two phones of one account need different ids; the username otherwise. [a-z0-9-] */
  readonly id?: string;
}

/** Where the phones of the lab are (asterisk/lab/pjsip.conf). */
export const PHONES_ADDRESS = '127.0.0.10';
const configured = (type: string, id: string) => `/asterisk/config/dynamic/res_pjsip/${type}/${id}`;
const fields = (values: Readonly<Record<string, string>>) => ({
  fields: Object.entries(values).map(([attribute, value]) => ({ attribute, value })),
});

const sameForAllPhones = {
  transport: 'at-phones',
  context: 'phones',
  identify_by: 'request_uri',
  disallow: 'all',
  allow: 'ulaw,alaw',
  media_address: PHONES_ADDRESS,
  bind_rtp_to_media_address: 'yes',
  direct_media: 'no',
  rtp_symmetric: 'yes',
  moh_passthrough: 'yes',
  timers: 'no',
  allow_transfer: 'no',
} as const;

/** A desk phone: a user agent that registers with the exchange by digest, calls and is called. */
export class LabPhone {
  readonly id: string;
  readonly username: string;
  readonly #endpoint: string;
  private readonly line: LabLine;
  readonly #calls = new History<LabCall>('phone', (call) => `${call.number} ${call.sipCallId}`);
  #taken = 0;

  constructor(
    line: Omit<LabLine, 'endpoint'>,
    private readonly ami: AmiConnection,
    private readonly exchange: { readonly host: string; readonly port: number },
    private readonly spec: PhoneSpec,
  ) {
    this.id = spec.id ?? spec.username;
    this.username = spec.username;
    this.#endpoint = `ph-${this.id}`;
    this.line = { ...line, endpoint: this.#endpoint };
  }

  /** Plugs the phone in: it can call, but is not registered. */
  async plugIn(): Promise<void> {
    const { ari } = this.line;
    const contact = `sip:${this.exchange.host}:${this.exchange.port}`;
    await ari.put(
      configured('auth', this.#endpoint),
      fields({ auth_type: 'userpass', username: this.spec.username, password: this.spec.secret }),
    );
    await ari.put(configured('aor', this.#endpoint), fields({ contact }));
    const endpoint = {
      aors: this.#endpoint,
      outbound_auth: this.#endpoint,
      from_user: this.spec.username,
      from_domain: this.exchange.host,
      contact_user: this.id,
      ...sameForAllPhones,
    };
    await ari.put(configured('endpoint', this.#endpoint), fields(endpoint));
    const outbound_proxy = `${contact};lr`;
    await ari.put(
      configured('endpoint', `${this.#endpoint}-proxied`),
      fields({ ...endpoint, outbound_proxy }),
    );
  }

  /**
   * REGISTER with digest. Takes about a second: Asterisk never sends the first one at once.
   * @returns the final response: 200, or what the registrar refused with.
   */
  async register({ expires = 300 }: { expires?: number } = {}): Promise<SipMessage> {
    const since = this.line.wire.messages.items.length;
    const settledSince = this.ami.events.items.length;
    await this.line.ari.put(
      configured('registration', this.#endpoint),
      fields({
        server_uri: `sip:${this.exchange.host}:${this.exchange.port}`,
        client_uri: `sip:${this.spec.username}@${this.exchange.host}`,
        contact_user: this.id,
        outbound_auth: this.#endpoint,
        transport: 'at-phones',
        expiration: `${expires}`,
        // By default Asterisk waits up to ten seconds with the first REGISTER.
        max_random_initial_delay: '0',
        retry_interval: '0',
        forbidden_retry_interval: '0',
        fatal_retry_interval: '0',
        auth_rejection_permanent: 'yes',
      }),
    );
    const answer = await this.#registrarSays('answer to REGISTER', since);
    // An un-REGISTER is only sent of a registration whose answer Asterisk has digested.
    const account = `sip:${this.spec.username}@${this.exchange.host}`;
    await this.ami.events.first('the settled registration', (event) => event['Username'] === account, {
      since: settledSince,
    });
    return answer;
  }

  /** REGISTER with Expires: 0, waits for its answer. */
  async unregister(): Promise<SipMessage> {
    const since = this.line.wire.messages.items.length;
    await this.line.ari.delete(configured('registration', this.#endpoint));
    return this.#registrarSays('answer to un-REGISTER', since);
  }

  /** Whether the registrar's latest answer was a yes. */
  registered(): boolean {
    const last = this.line.wire.messages.items.findLast((message) => this.#isAnswerToUs(message));
    return last?.status === 200 && (header(last, 'contact') ?? '').includes(`sip:${this.id}@`);
  }

  /** Keys in a number and presses send. Resolves when the INVITE leaves. */
  dial(dialled: string, options: Partial<DialOptions> = {}): Promise<LabCall> {
    const to = `${this.exchange.host}:${this.exchange.port}`;
    return dial(this.line, dialled, { to, callingNumber: this.spec.username, ...options });
  }

  /** Dials `user@domain` as softphones do: that is the request URI, and the exchange is the outbound proxy. */
  dialAddress(address: string): Promise<LabCall> {
    const line = { ...this.line, endpoint: `${this.#endpoint}-proxied` };
    const to = `${this.exchange.host}:${this.exchange.port}`;
    const callingNumber = this.spec.username;
    return dial(line, address, { to, callingNumber, requestUri: `sip:${address}` });
  }

  /** The next call to this phone that nobody has taken yet: it neither rings nor answers until told to. */
  async incoming({ within }: { within?: number } = {}): Promise<LabCall> {
    const since = this.#taken++;
    return this.#calls.first('an incoming call', () => true, {
      since,
      ...(within === undefined ? {} : { within }),
    });
  }

  /** Called by the driver that attached to the lab. */
  arrived(invite: SipMessage): void {
    if (this.#calls.items.some(({ sipCallId }) => sipCallId === invite.callId)) return;
    this.#calls.add(new LabCall({ ...this.line, endpoint: 'phones' }, invite.callId, invite.peer, this.id));
  }

  async #registrarSays(what: string, since: number): Promise<SipMessage> {
    const { messages } = this.line.wire;
    let challenged = false;
    return messages.first(
      what,
      (message) => {
        if (!this.#isAnswerToUs(message)) return false;
        const isFirstChallenge = message.status === 401 && !challenged;
        challenged ||= message.status === 401;
        return !isFirstChallenge;
      },
      { since },
    );
  }

  #isAnswerToUs(message: SipMessage): boolean {
    if (message.cseqMethod !== 'REGISTER' || message.status === undefined || message.status < 200)
      return false;
    return this.line.wire
      .dialog(message.callId, message.peer)
      .items.some((request) => this.#isOurRegister(request));
  }

  #isOurRegister(message: SipMessage): boolean {
    return message.method === 'REGISTER' && uriOf(header(message, 'contact') ?? '').user === this.id;
  }
}

/** Takes away every phone that an earlier driver left plugged in. */
export async function unplugAll(ari: AriConnection): Promise<void> {
  const endpoints = await ari.get<readonly { resource: string }[]>('/endpoints/PJSIP');
  for (const { resource } of endpoints.filter((endpoint) => endpoint.resource.startsWith('ph-'))) {
    await ari.deleteIfThere(configured('registration', resource));
    for (const type of ['endpoint', 'aor', 'auth']) await ari.deleteIfThere(configured(type, resource));
  }
}
