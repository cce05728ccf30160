import type { AriPort } from '../../infra/ari/ari.port.js';
import type { Sql } from '../../infra/db/sql.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import { DESK_PHONES } from './presence.sql.js';

interface DeskPhone {
  readonly id: string;
  readonly username: string;
  readonly memberId: string;
}

export interface DeviceWatchParts {
  readonly sql: Sql;
  readonly ari: Pick<AriPort, 'watchEndpoint' | 'endpointOnline'>;
  readonly node: string;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}

/** A telephone that Asterisk has not seen since its start cannot be watched yet. */
const AGAIN_MS = 60_000;

/**
 * Keeps `registered_device` true for the desk phones of members who are wanted: whose presence somebody may see, or who are being woken.
 * Asterisk tells of those alone, because it would tell each of their calls' events twice. Browsers are the SIP door's.
 */
export class DeviceWatch {
  private readonly phones = new Map<string, DeskPhone>();
  private seen: ReadonlySet<string> = new Set();
  private readonly woken = new Map<string, number>();
  private work: Promise<void> = Promise.resolve();
  private cancelTimer: CancelTimer = () => undefined;

  constructor(private readonly parts: DeviceWatchParts) {}

  /** Resolves when everything so far is done. */
  settled(): Promise<void> {
    return this.work;
  }

  isWanted(memberId: string): boolean {
    return this.seen.has(memberId) || this.woken.has(memberId);
  }

  /** Whose presence somebody may see. */
  watch(members: ReadonlySet<string>): void {
    const fresh = [...members].filter((id) => !this.isWanted(id));
    this.seen = members;
    for (const id of fresh) this.queue(() => this.take(id));
    this.queue(() => this.letGo());
  }

  /** Somebody is being woken, until `release`. */
  want(memberId: string): Promise<void> {
    this.woken.set(memberId, (this.woken.get(memberId) ?? 0) + 1);
    return this.queue(() => this.take(memberId));
  }

  release(memberId: string): void {
    const left = (this.woken.get(memberId) ?? 1) - 1;
    if (left > 0) this.woken.set(memberId, left);
    else this.woken.delete(memberId);
    this.queue(() => this.letGo());
  }

  /** His telephones may be others now. */
  changed(memberId: string): void {
    if (this.isWanted(memberId)) this.queue(() => this.take(memberId));
  }

  /** Asterisk says so. */
  contact(username: string, online: boolean): void {
    const phone = this.phones.get(username);
    if (phone !== undefined) this.queue(() => this.write(phone, online));
  }

  /** Asterisk was started anew, or is connected anew: nothing of before counts. */
  resync(): void {
    this.queue(async () => {
      this.phones.clear();
      for (const id of new Set([...this.seen, ...this.woken.keys()])) await this.take(id);
      await this.parts.sql.run(
        `DELETE FROM registered_device r USING device d
          WHERE d.id = r.device_id AND d.kind = 'sip' AND r.node = $1 AND d.username <> ALL($2)`,
        [this.parts.node, [...this.phones.keys()]],
      );
    });
  }

  start(): void {
    this.cancelTimer = this.parts.clock.after(AGAIN_MS, () => {
      for (const id of this.seen) this.queue(() => this.take(id));
      this.start();
    });
  }

  stop(): void {
    this.cancelTimer();
  }

  private async take(memberId: string): Promise<void> {
    const { sql, ari } = this.parts;
    const phones = await sql.rows<DeskPhone>(DESK_PHONES, [memberId]);
    for (const phone of phones) {
      if (this.phones.has(phone.username)) continue;
      const watched = await ari.watchEndpoint(phone.username, true);
      if (watched.kind !== 'done') continue;
      this.phones.set(phone.username, phone);
      const online = await ari.endpointOnline(phone.username);
      if (online.kind === 'done') await this.write(phone, online.value);
    }
  }

  /** Watches nobody whom nobody wants. */
  private async letGo(): Promise<void> {
    for (const [username, { memberId, id }] of this.phones) {
      if (this.isWanted(memberId)) continue;
      this.phones.delete(username);
      await this.parts.ari.watchEndpoint(username, false);
      await this.parts.sql.run('DELETE FROM registered_device WHERE device_id = $1', [id]);
    }
  }

  private async write({ id }: DeskPhone, online: boolean): Promise<void> {
    const { sql, node } = this.parts;
    if (online)
      await sql.run(
        `INSERT INTO registered_device (device_id, member_id, node) SELECT id, member_id, $2 FROM device WHERE id = $1
         ON CONFLICT (device_id) DO UPDATE SET node = excluded.node, at = now()`,
        [id, node],
      );
    else await sql.run('DELETE FROM registered_device WHERE device_id = $1 AND node = $2', [id, node]);
  }

  private queue(task: () => Promise<void>): Promise<void> {
    this.work = this.work
      .then(task)
      .catch((error: unknown) =>
        this.parts.log.warn({ err: error }, 'it is not known which telephones are registered'),
      );
    return this.work;
  }
}
