import { AmiConnection } from './ami-connection.js';
import { AriConnection } from './ari-connection.js';
import { awaitIdle } from './idle.js';
import { LabPhone, PHONES_ADDRESS, type PhoneSpec, unplugAll } from './lab-phone.js';
import { LabRole, type RoleName, roleNames, roles } from './lab-role.js';
import { type LabSettings, labSettings } from './lab-settings.js';
import { phoneSecret } from './phone-secret.js';
import { header, type SipMessage, uriOf } from './sip-message.js';
import { SipWire } from './sip-wire.js';

/** Application of the lab's dialplan (asterisk/lab/extensions.conf). */
const LAB_APP = 'lab';

/** The lab world under a driver's control. One driver at a time. */
export class LabAsterisk {
  readonly #phones = new Map<string, LabPhone>();
  readonly #roles: ReadonlyMap<RoleName, LabRole>;

  private constructor(
    private readonly settings: LabSettings,
    readonly ari: AriConnection,
    private readonly ami: AmiConnection,
    /** Every SIP message that the lab sees. */
    readonly wire: SipWire,
  ) {
    this.#roles = new Map(
      roleNames.map((name) => [name, new LabRole({ ari, wire }, settings.exchange, name)]),
    );
  }

  /**
   * Takes the lab over: hangs up what an earlier driver left, unplugs its phones.
   * @throws EADDRINUSE when another driver is attached, and what the lab's ARI refuses with.
   */
  static async attach(settings: LabSettings = labSettings()): Promise<LabAsterisk> {
    const { url, username, password } = settings.ari;
    const wire = await SipWire.open(settings.labSipPort);
    const ari = new AriConnection(settings.ari, LAB_APP);
    try {
      await ari.open();
      const ami = await AmiConnection.open(Number(new URL(url).port), username, password);
      const lab = new LabAsterisk(settings, ari, ami, wire);
      await lab.hangupAll();
      await unplugAll(ari);
      wire.onMessage = (message) => lab.#arrive(message);
      return lab;
    } catch (error) {
      wire.close();
      await ari.close();
      throw error;
    }
  }

  /** Leaves calls and phones as they are. */
  async detach(): Promise<void> {
    this.ami.close();
    await this.ari.close();
    this.wire.close();
  }

  /** A phone, plugged in and not yet registered. */
  async phone(spec: PhoneSpec): Promise<LabPhone> {
    const phone = new LabPhone({ ari: this.ari, wire: this.wire }, this.ami, this.settings.exchange, spec);
    await phone.plugIn();
    this.#phones.set(phone.id, phone);
    return phone;
  }

  /** One of the seed's phones (`lab-a`, `lab-b`, …), with the secret that the instance derives for it. */
  samplePhone(username: string): Promise<LabPhone> {
    return this.phone({ username, secret: phoneSecret(this.settings.phoneSeed, username) });
  }

  role(name: RoleName): LabRole {
    const role = this.#roles.get(name);
    if (!role) throw new Error(`no such role: ${name}`);
    return role;
  }

  /** Unregisters and unplugs every phone. */
  async unplugPhones(): Promise<void> {
    for (const phone of this.#phones.values()) if (phone.registered()) await phone.unregister();
    this.#phones.clear();
    await unplugAll(this.ari);
  }

  async hangupAll(): Promise<void> {
    const channels = await this.ari.get<readonly { id: string }[]>('/channels');
    await Promise.all(channels.map(({ id }) => this.ari.deleteIfThere(`/channels/${id}`)));
    await this.idle();
  }

  /** Resolves when the lab has no channel and no bridge. */
  idle(within?: number): Promise<void> {
    return awaitIdle(this.ari, within);
  }

  /** A first INVITE to the address of a role or of the phones is a call that came there. */
  #arrive(message: SipMessage): void {
    if (message.method !== 'INVITE' || message.direction === 'out') return;
    if (/;\s*tag=/.test(header(message, 'to') ?? '')) return;
    const { user, host } = uriOf(message.requestUri ?? '');
    if (host === PHONES_ADDRESS) this.#phones.get(user)?.arrived(message);
    const name = roleNames.find((candidate) => roles[candidate].address === host);
    if (name) this.role(name).arrived(message);
  }
}
