import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Browsers that want to be told of calls while no page of ours is open (Push API). Each is an account's; calls are its member's. */
export class WebPush1765700005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE push_subscription (
        id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
        member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
        endpoint text NOT NULL UNIQUE CHECK (length(endpoint) <= 1000 AND endpoint ~ '^https?://'),
        p256dh text NOT NULL CHECK (p256dh ~ '^[A-Za-z0-9_-]{87}=?$'),
        auth text NOT NULL CHECK (auth ~ '^[A-Za-z0-9_-]{22}(==)?$'),
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await db.query('CREATE INDEX push_subscription_member ON push_subscription (member_id)');
    await db.query('CREATE INDEX push_subscription_account ON push_subscription (account_id)');
    await db.query(`
      CREATE TRIGGER push_subscription_changed AFTER INSERT OR DELETE ON push_subscription
        FOR EACH ROW EXECUTE FUNCTION tell_directory('member_id')`);
    // Whoever is first to tell of a call tells of it.
    await db.query(`
      CREATE TABLE push_told (
        call_id uuid NOT NULL,
        member_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (call_id, member_id)
      )`);
    await db.query('CREATE INDEX push_told_at ON push_told (at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE push_told, push_subscription');
  }
}
