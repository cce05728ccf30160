import type { Db } from '../../../infra/db/db.js';
import type { Letter, ToExchange, ToLeader } from './letters.js';

/** PostgreSQL channel: letters are there; with a name in it: that exchange decides from now on. */
export const LETTERS_CHANNEL = 'queue_letters';

export interface Sent {
  readonly sender: string;
  /** Null: to whichever decides. */
  readonly recipient: string | null;
  readonly letter: Letter;
}

/** What exchanges tell each other: rows, so that a letter waits for who is away, and each is taken once. */
export class QueuePost {
  constructor(
    private readonly db: Db,
    readonly node: string,
  ) {}

  toLeader(letter: ToLeader): Promise<void> {
    return this.send(null, letter);
  }

  toExchange(node: string, letter: ToExchange): Promise<void> {
    return this.send(node, letter);
  }

  /** Takes out what is for this exchange, in the order in which it was sent. What nobody has taken in an hour is nobody's news any more. */
  async take(leads: boolean): Promise<readonly Sent[]> {
    const rows = await this.db.rows<Sent & { readonly fresh: boolean }>(
      `WITH taken AS (
         DELETE FROM queue_letter WHERE recipient = $1 OR ($2 AND recipient IS NULL) OR created_at < now() - interval '1 hour'
         RETURNING id, sender, recipient, letter, created_at > now() - interval '1 hour' AS fresh)
       SELECT sender, recipient, letter, fresh FROM taken ORDER BY id`,
      [this.node, leads],
    );
    return rows.filter(({ fresh }) => fresh);
  }

  /** All others are told that this exchange decides now. */
  async announce(): Promise<void> {
    await this.db.rows('SELECT pg_notify($1, $2)', [LETTERS_CHANNEL, this.node]);
  }

  private async send(recipient: string | null, letter: Letter): Promise<void> {
    await this.db.run('INSERT INTO queue_letter (sender, recipient, letter) VALUES ($1, $2, $3)', [
      this.node,
      recipient,
      JSON.stringify(letter),
    ]);
  }
}
