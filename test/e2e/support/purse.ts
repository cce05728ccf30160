import pg from 'pg';

const ACCOUNT = `
  SELECT p.account_id AS id, b.balance_micros AS owed
    FROM device d JOIN payer p USING (member_id) JOIN account_balance b ON b.account_id = p.account_id AND b.shard = 0
   WHERE d.username = $1`;

/** Money that the owner of a phone has, however much he owes already. */
export class Purse {
  private constructor(
    private readonly db: pg.Client,
    private readonly account: string,
  ) {}

  static async of(phone: string): Promise<Purse> {
    const db = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await db.connect();
    const { rows } = await db.query<{ id: string }>(ACCOUNT, [phone]);
    const [account] = rows;
    if (account === undefined) throw new Error(`nobody pays for ${phone}`);
    return new Purse(db, account.id);
  }

  /** From now on there is so much in it, in micro-units. */
  async fill(micros: bigint): Promise<void> {
    await this.db.query(
      `UPDATE ledger_account a SET credit_limit_micros = b.balance_micros + b.held_micros + $2
         FROM account_balance b WHERE b.account_id = a.id AND b.shard = 0 AND a.id = $1`,
      [this.account, micros],
    );
  }

  close(): Promise<void> {
    return this.db.end();
  }

  /** The owners of these phones pay from it too. @returns what gives them their own back. */
  async shareWith(phones: readonly string[]): Promise<() => Promise<void>> {
    const payers =
      'SELECT p.member_id, p.account_id FROM payer p JOIN device d USING (member_id) WHERE d.username = ANY ($1)';
    const { rows } = await this.db.query<{ member_id: string; account_id: string }>(payers, [phones]);
    const set = async (member: string, account: string) => {
      await this.db.query('UPDATE payer SET account_id = $2 WHERE member_id = $1', [member, account]);
    };
    for (const { member_id } of rows) await set(member_id, this.account);
    return async () => {
      for (const { member_id, account_id } of rows) await set(member_id, account_id);
    };
  }

  /** What is left: below zero if more was spent than there was. */
  async left(): Promise<bigint> {
    const { rows } = await this.db.query<{ left: string }>(
      `SELECT a.credit_limit_micros - b.balance_micros AS left
         FROM ledger_account a JOIN account_balance b ON b.account_id = a.id AND b.shard = 0 WHERE a.id = $1`,
      [this.account],
    );
    return BigInt(rows[0]?.left ?? 0);
  }
}
