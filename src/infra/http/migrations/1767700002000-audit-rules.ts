import type { MigrationInterface, QueryRunner } from 'typeorm';

type Rule = readonly [tables: string, mode: 'open' | 'personal' | 'none', why: string, more?: More];
interface More {
  readonly bulk?: true;
  readonly shown?: string;
}

/** A table that is not named here is `personal`: watched, and no text of it shown. */
const rules: readonly Rule[] = [
  [
    'trunk centre voip_carrier carrier carrier_pattern carrier_trunk',
    'open',
    'the network: nothing of a person',
  ],
  ['route', 'open', 'the network', { bulk: true }],
  [
    'feature_code short_code identifier_code routing_setting guarded_range call_order_house',
    'open',
    'the number plan',
  ],
  ['rate_deck deck_version exchange_rate re_rating tax_rate tax_rule seller', 'open', 'prices and taxes'],
  ['deck_rate deck_bad_row', 'open', 'prices', { bulk: true }],
  ['agreement settlement settlement_re_rating payment_order', 'open', 'what carriers are owed and paid'],
  [
    'settlement_difference statement_line statement_bad_line difference_note',
    'open',
    "carriers' statements",
    { bulk: true },
  ],
  [
    'ledger_account posting entry payer payer_allowance payer_default subscription subscription_charge',
    'open',
    'money: owners are ids',
  ],
  ['invoice_run invoice_series voucher_batch', 'open', 'money'],
  ['voucher', 'personal', 'money', { bulk: true }],
  [
    'number_product number_price goods goods_price shop_country shop_setting shop_text approval_rule',
    'open',
    'what is sold',
  ],
  ['reserved_number goods_piece', 'open', 'stock', { bulk: true }],
  [
    'call_queue queue_member queue_number recording_rule report_zone disposition mail_template',
    'open',
    "a centre's own rules",
  ],
  ['api_key', 'personal', 'its name is what its owner knows it by', { shown: 'name prefix' }],
  [
    'customer customer_number campaign_contact do_not_call',
    'personal',
    'people; imported in bulk',
    { bulk: true },
  ],
  ['attempt card_attempt voucher_attempt', 'none', 'counts guesses; each is a row already'],
  [
    'idempotency_key outbox processed_message outgoing_mail provider_event',
    'none',
    'how messages are carried',
  ],
  [
    'account_balance account_snapshot hold charge accrual',
    'none',
    'follow from entries and calls, which nobody may change',
  ],
  ['call call_leg queue_call queue_caller', 'none', 'call records are the log of calls'],
  ['check_run check_result check_finding invoice_job', 'none', 'computed'],
  [
    'report_fact report_day report_hour report_agent_day report_source page_visit web_visit',
    'none',
    'counts; nobody decides them',
  ],
  [
    'card_key_challenge push_told voice_message_mail number_claim',
    'none',
    'lives for seconds, or says that something was said',
  ],
  ['duplicate_key', 'none', "follows from a member's data, and must be forgotten with it"],
  ['personal_data_reading', 'none', 'is itself a log of who read what'],
];

export class AuditRules1767700002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const [tables, mode, why, more = {}] of rules)
      await db.query(
        `INSERT INTO audit_rule (name, mode, why, bulk, shown) SELECT unnest($1::text[]), $2, $3, $4, $5`,
        [tables.split(' '), mode, why, more.bulk ?? false, more.shown?.split(' ') ?? []],
      );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DELETE FROM audit_rule');
  }
}
