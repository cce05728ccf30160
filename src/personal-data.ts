/**
 * Where something is kept of a person, in every module: what an export gives him, and what erasure does with it. A table with a
 * column that names a member or an account stands here (a test looks through the database for those that don't).
 */
export interface PersonalTable {
  readonly table: string;
  /** His rows: `$1` are the ids of his members (uuid[]), `$2` is his account (uuid). */
  readonly his: string;
  /** Never shown: it opens something, or says nothing. */
  readonly hidden?: readonly string[];
  /** `keep` with the reason; `delete`; or what is set in its place. In this order. */
  readonly erase: 'delete' | { readonly keep: string } | { readonly set: string };
}

/** Whether a court wants anything of these members ($1) kept: erasure waits until an operator lifts it. */
export const UNDER_LEGAL_HOLD = 'SELECT FROM legal_hold WHERE member_id = ANY($1) FOR SHARE';

const MEMBER = 'member_id = ANY($1)';
const ACCOUNT = 'account_id = $2';
const LEDGER = `SELECT id FROM ledger_account WHERE owner = ANY($1) AND kind IN ('member', 'company')`;
const accounts = 'ledger and call records are kept: tax and telecommunications law';

export const personalTables: readonly PersonalTable[] = [
  // Signing in.
  { table: 'user_session', his: ACCOUNT, hidden: ['token_hash'], erase: 'delete' },
  {
    table: 'second_factor',
    his: ACCOUNT,
    hidden: ['sealed_secret', 'last_step'],
    erase: 'delete',
  },
  { table: 'recovery_code', his: ACCOUNT, hidden: ['code_hash'], erase: 'delete' },
  { table: 'api_key', his: ACCOUNT, hidden: ['key_hash'], erase: 'delete' },
  { table: 'idempotency_key', his: ACCOUNT, hidden: ['request_hash', 'sealed_answer'], erase: 'delete' },
  { table: 'mailed_code', his: ACCOUNT, hidden: ['code_hash', 'password_hash'], erase: 'delete' },
  {
    table: 'bulk_import',
    his: ACCOUNT,
    hidden: ['records_hash', 'run_id'],
    erase: { keep: 'what was read in for the house or a company; forgotten after a month' },
  },
  {
    table: 'audit_entry',
    his: ACCOUNT,
    hidden: ['before', 'after'],
    erase: { keep: 'who changed what must not be forgotten; it names ids, shows no personal data' },
  },
  {
    table: 'consent',
    his: ACCOUNT,
    erase: { keep: 'evidence of what was agreed to; names an account that is nobody’s' },
  },
  {
    table: 'invitation',
    his: `company_id = ANY($1) OR email = (SELECT email FROM user_account WHERE id = $2)`,
    hidden: ['token_hash'],
    erase: 'delete',
  },
  // Who he is, and by what he is reached.
  {
    table: 'control_proof',
    his: `${ACCOUNT} OR ${MEMBER}`,
    hidden: ['code_hash', 'challenge'],
    erase: 'delete',
  },
  { table: 'find_me', his: MEMBER, erase: 'delete' },
  { table: 'contact_number', his: MEMBER, erase: 'delete' },
  { table: 'carrier_number', his: MEMBER, erase: 'delete' },
  { table: 'email_identity', his: MEMBER, erase: 'delete' },
  { table: 'domain_identity', his: MEMBER, erase: 'delete' },
  { table: 'call_setting', his: MEMBER, erase: 'delete' },
  { table: 'personal_data', his: MEMBER, hidden: ['sealed'], erase: 'delete' },
  { table: 'personal_data_reading', his: MEMBER, erase: 'delete' },
  { table: 'duplicate_key', his: MEMBER, hidden: ['hash', 'key_id'], erase: 'delete' },
  // His telephones.
  { table: 'sold_terminal', his: MEMBER, erase: 'delete' },
  { table: 'card_activation', his: MEMBER, erase: 'delete' },
  {
    table: 'flash_card',
    his: MEMBER,
    hidden: ['pin_hash'],
    erase: { set: `state = 'revoked', revoked_at = coalesce(revoked_at, now()), label = ''` },
  },
  { table: 'device', his: MEMBER, hidden: ['digest'], erase: 'delete' },
  { table: 'phone_contact', his: MEMBER, erase: 'delete' },
  { table: 'registered_device', his: MEMBER, erase: 'delete' },
  { table: 'push_subscription', his: `${ACCOUNT} OR ${MEMBER}`, hidden: ['p256dh', 'auth'], erase: 'delete' },
  { table: 'push_told', his: MEMBER, erase: 'delete' },
  {
    table: 'legal_hold',
    his: MEMBER,
    hidden: ['reason', 'placed_by'],
    erase: { keep: 'a court wants it; lifted by an operator' },
  },
  { table: 'voice_message', his: 'mailbox = ANY($1)', erase: 'delete' },
  // His work for a company, and what companies know of him.
  {
    table: 'queue_agent',
    his: `${ACCOUNT} OR ${MEMBER}`,
    hidden: ['pin_hash'],
    erase: { set: `name = 'erased', pin_hash = NULL, enabled = false` },
  },
  { table: 'customer', his: MEMBER, erase: { set: 'member_id = NULL' } },
  { table: 'campaign_attempt', his: ACCOUNT, erase: { keep: 'the company’s record of its own calls' } },
  { table: 'queue_call', his: 'caller_member_id = ANY($1)', erase: { set: 'caller_member_id = NULL' } },
  // What he bought and called.
  {
    table: 'number_assignment',
    his: 'holder_id = ANY($1)',
    erase: { keep: 'given back by the shop, which hears of the erasure' },
  },
  { table: 'vns_branch', his: MEMBER, erase: 'delete' },
  { table: 'shop_order', his: 'buyer_id = $2 OR holder_id = ANY($1)', erase: { keep: accounts } },
  { table: 'shop_holder', his: 'account_id = $2 OR holder_id = ANY($1)', erase: { keep: accounts } },
  { table: 'number_contract', his: 'holder_id = ANY($1) OR owner_id = $2', erase: { keep: accounts } },
  {
    table: 'number_transfer',
    his: 'from_account = $2 OR to_email = (SELECT email FROM user_account WHERE id = $2)',
    erase: { keep: accounts },
  },
  { table: 'goods_piece', his: MEMBER, erase: { set: 'member_id = NULL' } },
  { table: 'call', his: MEMBER, erase: { keep: accounts } },
  { table: 'call_order', his: MEMBER, hidden: ['wish'], erase: { keep: accounts } },
  { table: 'charge', his: MEMBER, erase: { keep: accounts } },
  { table: 'payer', his: MEMBER, erase: { keep: accounts } },
  { table: 'member_cap', his: MEMBER, erase: { keep: accounts } },
  { table: 'hold', his: MEMBER, erase: { keep: accounts } },
  { table: 'subscription', his: MEMBER, erase: { keep: accounts } },
  { table: 'invoice_line', his: MEMBER, erase: { keep: accounts } },
  { table: 'ledger_account', his: `id IN (${LEDGER})`, erase: { keep: accounts } },
  { table: 'entry', his: `account_id IN (${LEDGER})`, erase: { keep: accounts } },
  { table: 'top_up', his: `account_id IN (${LEDGER})`, erase: { keep: accounts } },
];

/** Columns that name a member or an account and say nothing of that person: what staff did, whose queue it is. */
export const notPersonal: Readonly<Record<string, string>> = {
  call_order_house: 'a company of ours',
  call_disposition: 'a company’s own record: which of its people ended which call how',
  case_event: 'a company’s own record of its cases',
  customer_mail: 'a company’s own correspondence',
  customer_note: 'a company’s own notes',
  do_not_call: 'whom a company must not call; by which of its people',
  operator_wish: 'what staff asked for at the console, and why',
};
