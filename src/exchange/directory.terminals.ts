import type { Sql } from '../infra/db/sql.js';

interface Row {
  readonly deviceId: string;
  readonly memberId: string;
  readonly expiresAt: Date;
}

const OPEN = `
  SELECT device_id AS "deviceId", member_id AS "memberId", expires_at AS "expiresAt"
    FROM card_activation WHERE ended_at IS NULL`;

/**
 * Who is with his flash card at which telephone now: all of them, in memory, kept true by the table's notifications, so that a call
 * costs no look-up. Few telephones have a card in at a time.
 */
export class Terminals {
  private holders = new Map<string, Row>();
  /** Counts changes: what was read before a later one is not believed. */
  private changes = 0;

  constructor(
    private readonly sql: Sql,
    private readonly now: () => number = Date.now,
  ) {}

  get size(): number {
    return this.holders.size;
  }

  /** Whose card is in at the device; undefined: nobody's, and calls are its owner's. */
  holderAt(deviceId: string): string | undefined {
    const row = this.holders.get(deviceId);
    return row !== undefined && row.expiresAt.getTime() > this.now() ? row.memberId : undefined;
  }

  /** Everything may have changed. */
  async renewAll(): Promise<void> {
    const before = ++this.changes;
    const rows = await this.sql.rows<Row>(OPEN);
    if (before === this.changes) this.holders = new Map(rows.map((row) => [row.deviceId, row]));
    else await this.renewAll();
  }

  /** The card at one terminal may have changed. */
  async renew(deviceId: string): Promise<void> {
    this.changes++;
    const [row] = await this.sql.rows<Row>(`${OPEN} AND device_id = $1`, [deviceId]);
    if (row === undefined) this.holders.delete(deviceId);
    else this.holders.set(deviceId, row);
  }
}
