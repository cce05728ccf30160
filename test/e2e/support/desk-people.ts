import type pg from 'pg';
import { hashPassword } from '../../../src/infra/http/sessions/passwords.js';
import { newId } from '../../../src/kernel/ids.js';

export const PASSWORD = 'correct horse battery';

const people = [
  ['minjun', 'agent', 'ko', 'Minjun'],
  ['emma', 'agent', 'en', 'Emma'],
  ['boss', 'supervisor', 'en', 'Bomin'],
] as const;

/** Accounts of Hanbit's agents and their supervisor, and a campaign for them. */
export interface DeskPeople {
  emailOf(name: string): string;
  /** A running campaign, at any time of day, for that number. */
  campaign(number: string): Promise<void>;
  contacts(): Promise<readonly { readonly state: string; readonly outcome: string | null }[]>;
  forget(): Promise<void>;
}

export async function deskPeople(db: pg.Client): Promise<DeskPeople> {
  const emailOf = (name: string) => `${name}@desk.example`;
  const { rows } = await db.query<{ id: string }>("SELECT id FROM member WHERE name = 'Hanbit'");
  const company = rows[0]?.id;
  const forget = async () => {
    for (const table of [
      'campaign',
      'customer',
      'call_disposition',
      'report_fact',
      'report_day',
      'report_hour',
      'report_agent_day',
    ])
      await db.query(`DELETE FROM ${table}`);
    await db.query(`DELETE FROM user_account WHERE email LIKE '%@desk.example'`);
  };
  await forget();
  for (const [name, role, language, agent] of people) {
    const id = newId();
    await db.query(
      'INSERT INTO user_account (id, email, password_hash, roles, company_id, language) VALUES ($1, $2, $3, ARRAY[$4], $5, $6)',
      [id, emailOf(name), await hashPassword(PASSWORD), role, company, language],
    );
    if (agent !== undefined)
      await db.query('UPDATE queue_agent SET account_id = $1 WHERE name = $2', [id, agent]);
  }
  return {
    emailOf,
    forget,
    campaign: async (number) => {
      const [campaignId, customerId] = [newId(), newId()];
      await db.query(
        `INSERT INTO campaign (id, owner, name, script, status, from_time, to_time, days, max_attempts, retry_minutes, created_by)
         VALUES ($1, $2, 'Spring', 'Say hello', 'running', '00:00', '23:59:59', '{1,2,3,4,5,6,7}', 3, 30, $1)`,
        [campaignId, company],
      );
      await db.query(
        `INSERT INTO customer (id, owner, name, language, country) VALUES ($1, $2, 'Spring Kim', 'en', 'KR')`,
        [customerId, company],
      );
      await db.query('INSERT INTO customer_number (owner, number, customer_id) VALUES ($1, $2, $3)', [
        company,
        number,
        customerId,
      ]);
      await db.query(
        `INSERT INTO campaign_contact (id, campaign_id, owner, customer_id, number, language, zones, state)
         VALUES ($1, $2, $3, $4, $5, 'en', '{Asia/Seoul}', 'waiting')`,
        [newId(), campaignId, company, customerId, number],
      );
    },
    contacts: async () =>
      (
        await db.query<{ state: string; outcome: string | null }>(
          'SELECT state, outcome FROM campaign_contact',
        )
      ).rows,
  };
}
