import { type DialOptions, dial } from './dial.js';
import { History } from './history.js';
import { LabCall, type LabLine } from './lab-call.js';
import { type SipMessage, uriOf } from './sip-message.js';

/** The far ends of the lab: where each is, and the tone (Hz) by which it is known (asterisk/lab/pjsip.conf). */
export const roles = {
  'gw-kr': { address: '127.0.0.21', toneHz: 400 },
  'gw-us': { address: '127.0.0.22', toneHz: 450 },
  'gw-jp': { address: '127.0.0.23', toneHz: 500 },
  'centre-kr': { address: '127.0.0.31', toneHz: 600 },
  'centre-us': { address: '127.0.0.32', toneHz: 650 },
  'centre-jp': { address: '127.0.0.33', toneHz: 700 },
  carrier: { address: '127.0.0.41', toneHz: 800 },
} as const;

export type RoleName = keyof typeof roles;

export const roleNames = Object.keys(roles) as readonly RoleName[];

/** A PSTN gateway, country centre or other carrier. What it does with a call follows from the called number: docs/lab.md. */
export class LabRole {
  readonly toneHz: number;
  /** Every call that came to it since the driver attached. */
  readonly calls: History<LabCall>;
  readonly #line: LabLine;
  #taken = 0;

  constructor(
    line: Omit<LabLine, 'endpoint'>,
    private readonly exchange: { readonly host: string; readonly port: number },
    readonly name: RoleName,
  ) {
    this.#line = { ...line, endpoint: name };
    this.toneHz = roles[name].toneHz;
    this.calls = new History<LabCall>(name, (call) => `${call.number} ${call.sipCallId}`);
  }

  /** The next call to this role that nobody has taken yet. */
  incoming({ within }: { within?: number } = {}): Promise<LabCall> {
    const since = this.#taken++;
    return this.calls.first('an incoming call', () => true, {
      since,
      ...(within === undefined ? {} : { within }),
    });
  }

  /** The call of this SIP Call-ID: of a phone that calls the role directly. Behind the exchange the Call-ID is another. */
  arrivedAs(sipCallId: string): Promise<LabCall> {
    return this.calls.first(`call ${sipCallId}`, (call) => call.sipCallId === sipCallId);
  }

  /** A call from here into the exchange (as a PSTN subscriber, or another operator's customer, makes it). */
  dial(called: string, options: Partial<DialOptions> & Pick<DialOptions, 'callingNumber'>): Promise<LabCall> {
    const to = `${this.exchange.host}:${this.exchange.port}`;
    return dial(this.#line, called, { to, ...options });
  }

  /** Called by the driver that attached to the lab. */
  arrived(invite: SipMessage): void {
    if (this.calls.items.some(({ sipCallId }) => sipCallId === invite.callId)) return;
    const { user } = uriOf(invite.requestUri ?? '');
    this.calls.add(new LabCall(this.#line, invite.callId, invite.peer, user));
  }
}
