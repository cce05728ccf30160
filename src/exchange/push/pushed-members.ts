import type { Sql } from '../../infra/db/sql.js';

/** Who has a browser that wants to be told of calls: in memory, so that calls of all others cost nothing. */
export class PushedMembers {
  private members = new Set<string>();

  constructor(private readonly sql: Sql) {}

  has(memberId: string): boolean {
    return this.members.has(memberId);
  }

  async renewAll(): Promise<void> {
    const rows = await this.sql.rows<{ id: string }>(
      'SELECT DISTINCT member_id AS id FROM push_subscription',
    );
    this.members = new Set(rows.map(({ id }) => id));
  }

  async renew(memberId: string): Promise<void> {
    const rows = await this.sql.rows('SELECT FROM push_subscription WHERE member_id = $1 LIMIT 1', [
      memberId,
    ]);
    if (rows.length > 0) this.members.add(memberId);
    else this.members.delete(memberId);
  }
}
