import { Injectable } from '@nestjs/common';
import { event } from '../../events.js';
import { Db } from '../../infra/db/db.js';
import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { KeyRing } from '../../infra/sealing/key-ring.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { type PersonalTable, personalTables, UNDER_LEGAL_HOLD } from '../../personal-data.js';
import { membershipMail } from '../mails/mails.js';
import { personalDataOf } from '../members/personal-data.store.js';
import { MEMBERS } from '../membership.rows.js';
import { hasOtherAdmin } from '../people/people.service.js';
import { PROOF_COLUMNS, type Proof } from '../proofs/proof.rows.js';
import { ProofSettlement } from '../proofs/settlement.js';

interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly language: string;
  readonly roles: readonly string[];
  readonly companyId: string | null;
  readonly memberId: string | null;
}

/** All that is kept of a person: given to him on request, erased on request. */
@Injectable()
export class PersonalDataOfAccounts {
  constructor(
    private readonly db: Db,
    private readonly keys: KeyRing,
    private readonly settlement: ProofSettlement,
    private readonly outgoing: OutgoingMail,
    private readonly outbox: Outbox,
  ) {}

  /** Everything that any module keeps of the account and the members that it is, as plain JSON. */
  async exportOf(accountId: string): Promise<Readonly<Record<string, unknown>>> {
    const account = await accountOf(this.db, accountId);
    if (account === undefined) throw new Error('the account is gone');
    const ids = await this.membersOf(this.db, account);
    const members = await Promise.all(
      ids.map(async (id) => {
        const member = await MEMBERS.one(this.db, { id });
        return member && { ...member, personalData: await personalDataOf(this.db, this.keys, member) };
      }),
    );
    const tables: Record<string, unknown> = {};
    for (const table of personalTables) tables[table.table] = await rowsOf(this.db, table, ids, accountId);
    return { madeAt: new Date(), account, members, ...tables };
  }

  /**
   * Final. What names him goes; what has to be kept (ledger, calls) names a member without a name. Numbers are given back by whoever
   * hears `member.erased`. Not while a company would be left with people and without an administrator, nor while a court wants something of his kept.
   */
  erase(accountId: string): Promise<Result<void>> {
    return this.db.inTx(async (tx) => {
      const account = await accountOf(tx, accountId, 'FOR UPDATE');
      if (account === undefined) return err(gone);
      if (await this.leavesPeopleAlone(tx, account)) return err(lastAdmin);
      const ids = await this.membersOf(tx, account);
      if ((await tx.rows(UNDER_LEGAL_HOLD, [ids])).length > 0) return err(notNow);
      for (const proof of await proved(tx, accountId, ids)) await this.settlement.letGo(tx, proof);
      for (const table of personalTables) await eraseIn(tx, table, ids, accountId);
      await tx.run('DELETE FROM duplicate_mark WHERE first = ANY($1) OR second = ANY($1)', [ids]);
      await tx.run(`UPDATE member SET name = 'erased', area = NULL, status = 'erased' WHERE id = ANY($1)`, [
        ids,
      ]);
      await tx.run(
        `UPDATE user_account SET email = 'erased-' || id || '@erased.invalid', name = NULL, password_hash = 'erased', roles = '{}',
                company_id = NULL, member_id = NULL, disabled_at = now() WHERE id = $1`,
        [accountId],
      );
      const mail = membershipMail(account.language, 'erased', {});
      await this.outgoing.order(tx, { id: `erased.${accountId}`, to: account.email, ...mail });
      await this.outbox.add(tx, event('member.erased', { accountId, memberIds: [...ids] }));
      return ok(undefined);
    });
  }

  /** The person himself, and the company whose only one he is. */
  private async membersOf(sql: Sql, account: Account): Promise<string[]> {
    const company = account.roles.includes('company-admin') ? account.companyId : null;
    const alone = company !== null && !(await hasOthers(sql, company, account.id));
    const branches = alone ? (await MEMBERS.all(sql, { companyId: company })).map(({ id }) => id) : [];
    return [account.memberId, ...(alone ? [company, ...branches] : [])].filter((id) => id !== null);
  }

  private async leavesPeopleAlone(tx: Tx, { id, roles, companyId }: Account): Promise<boolean> {
    if (companyId === null || !roles.includes('company-admin')) return false;
    await tx.rows('SELECT FROM member WHERE id = $1 FOR UPDATE', [companyId]);
    return (await hasOthers(tx, companyId, id)) && !(await hasOtherAdmin(tx, companyId, id));
  }
}

async function accountOf(sql: Sql, id: string, lock: '' | 'FOR UPDATE' = ''): Promise<Account | undefined> {
  const [account] = await sql.rows<Account>(
    `SELECT id, email, name, language, roles, company_id AS "companyId", member_id AS "memberId"
       FROM user_account WHERE id = $1 AND disabled_at IS NULL ${lock}`,
    [id],
  );
  return account;
}

async function hasOthers(sql: Sql, companyId: string, accountId: string): Promise<boolean> {
  const others = await sql.rows(
    'SELECT FROM user_account WHERE company_id = $1 AND id <> $2 AND disabled_at IS NULL LIMIT 1',
    [companyId, accountId],
  );
  return others.length > 0;
}

const proved = (tx: Tx, accountId: string, ids: readonly string[]): Promise<readonly Proof[]> =>
  tx.rows<Proof>(
    `SELECT ${PROOF_COLUMNS} FROM control_proof
      WHERE state = 'proved' AND (account_id = $1 OR member_id = ANY($2)) FOR UPDATE`,
    [accountId, ids],
  );

/** A person's lifetime of calls is thousands of rows, not millions: still, there is an end. */
const MOST_ROWS = 100_000;

async function rowsOf(
  sql: Sql,
  { table, his, hidden = [] }: PersonalTable,
  ids: readonly string[],
  accountId: string,
): Promise<readonly unknown[]> {
  const rows = await sql.rows<{ row: unknown }>(
    `SELECT to_jsonb(t) - $3::text[] AS row FROM ${table} t WHERE (${his}) AND ($1::uuid[] IS NOT NULL OR $2::uuid IS NULL) LIMIT ${MOST_ROWS}`,
    [ids, accountId, hidden],
  );
  return rows.map(({ row }) => row);
}

async function eraseIn(
  tx: Tx,
  { table, his, erase }: PersonalTable,
  ids: readonly string[],
  accountId: string,
): Promise<void> {
  if (erase !== 'delete' && 'keep' in erase) return;
  const what = erase === 'delete' ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${erase.set}`;
  // Both parameters are always there, whether a table asks for them or not.
  await tx.run(`${what} WHERE (${his}) AND ($1::uuid[] IS NOT NULL OR $2::uuid IS NULL)`, [ids, accountId]);
}

const gone = failure('account.gone', 'This account is erased.', { hint: 'nothing is kept of it' });
// Who is looked into must not be told so by this answer: operators see why in GET /v1/legal-holds.
const notNow = failure('account.not-allowed', 'This account cannot be erased by itself at present.', {
  hint: 'write to us',
});
const lastAdmin = failure('member.not-allowed', 'The company would have people and no administrator.', {
  hint: 'make somebody else its administrator, or let its people go first',
});
