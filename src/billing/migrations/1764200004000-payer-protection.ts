import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What keeps a stolen password cheap: a day's cap for every new payer, and ranges that nobody may call unless it was allowed.
 * Both are data; the ranges here are those the ITU assigned for the whole world, and national ones of premium rate.
 */
export class PayerProtection1764200004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE payer_default (
        currency char(3) PRIMARY KEY CHECK (currency ~ '^[A-Z]{3}$'),
        daily_cap_micros bigint NOT NULL CHECK (daily_cap_micros >= 0)
      )`);
    await db.query(`
      INSERT INTO payer_default (currency, daily_cap_micros) VALUES
        ('USD', 50000000), ('EUR', 50000000), ('GBP', 40000000), ('CHF', 50000000), ('KRW', 70000000000),
        ('JPY', 7500000000), ('CNY', 350000000), ('TWD', 1600000000), ('HKD', 400000000), ('SGD', 70000000),
        ('AUD', 75000000), ('CAD', 70000000), ('INR', 4000000000), ('BRL', 280000000)`);
    await db.query(`
      CREATE FUNCTION payer_is_capped() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.daily_cap_micros := (SELECT daily_cap_micros FROM payer_default WHERE currency = NEW.currency);
        RETURN NEW;
      END $$`);
    await db.query(`
      CREATE TRIGGER payer_is_capped BEFORE INSERT ON ledger_account FOR EACH ROW
        WHEN (NEW.kind IN ('member', 'company') AND NEW.daily_cap_micros IS NULL) EXECUTE FUNCTION payer_is_capped()`);
    // The longest prefix decides; kind 'open' makes a hole in a barred range.
    await db.query(`
      CREATE TABLE guarded_range (
        prefix text PRIMARY KEY CHECK (prefix ~ '^[1-9][0-9]{0,14}$'),
        kind text NOT NULL CHECK (kind IN ('premium', 'satellite', 'international-network', 'open')),
        about text NOT NULL CHECK (length(about) BETWEEN 1 AND 200)
      )`);
    await db.query(`
      INSERT INTO guarded_range (prefix, kind, about) VALUES
        ('979', 'premium', 'ITU: international premium rate service'),
        ('870', 'satellite', 'ITU: Inmarsat SNAC'),
        ('881', 'satellite', 'ITU: global mobile satellite systems'),
        ('882', 'international-network', 'ITU: international networks'),
        ('883', 'international-network', 'ITU: international networks'),
        ('888', 'international-network', 'ITU: formerly disaster relief, not in use'),
        ('991', 'international-network', 'ITU: trial of international services'),
        ('1900', 'premium', 'North America: 900 service'),
        ('1976', 'premium', 'North America: 976'),
        ('8260', 'premium', 'Korea: 060'),
        ('81990', 'premium', 'Japan: 0990'),
        ('4490', 'premium', 'United Kingdom: 090'),
        ('4491', 'premium', 'United Kingdom: 091'),
        ('4498', 'premium', 'United Kingdom: 098'),
        ('49900', 'premium', 'Germany: 0900'),
        ('43900', 'premium', 'Austria: 0900'),
        ('43930', 'premium', 'Austria: 0930'),
        ('41900', 'premium', 'Switzerland: 0900'),
        ('41901', 'premium', 'Switzerland: 0901'),
        ('41906', 'premium', 'Switzerland: 0906'),
        ('3389', 'premium', 'France: 089'),
        ('39899', 'premium', 'Italy: 899'),
        ('34803', 'premium', 'Spain: 803'),
        ('34806', 'premium', 'Spain: 806'),
        ('34807', 'premium', 'Spain: 807'),
        ('31900', 'premium', 'Netherlands: 0900'),
        ('31906', 'premium', 'Netherlands: 0906'),
        ('31909', 'premium', 'Netherlands: 0909'),
        ('32903', 'premium', 'Belgium: 0903'),
        ('32905', 'premium', 'Belgium: 0905'),
        ('32907', 'premium', 'Belgium: 0907'),
        ('61190', 'premium', 'Australia: 190')`);
    await db.query(`
      CREATE TABLE payer_allowance (
        account_id bigint NOT NULL REFERENCES ledger_account (id),
        kind text NOT NULL CHECK (kind IN ('premium', 'satellite', 'international-network')),
        allowed_by text NOT NULL,
        allowed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (account_id, kind)
      )`);
    for (const table of ['guarded_range', 'payer_allowance'])
      await db.query(`
        CREATE TRIGGER ${table}_told AFTER INSERT OR UPDATE OR DELETE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION notify_billing('barring', '')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE payer_allowance, guarded_range');
    await db.query('DROP TRIGGER payer_is_capped ON ledger_account');
    await db.query('DROP FUNCTION payer_is_capped');
    await db.query('DROP TABLE payer_default');
  }
}
