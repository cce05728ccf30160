import { accountId, setLimits, setPayer } from '../../src/billing/index.js';
import { digestOf } from '../../src/cli/lab-world.js';
import type { Sql } from '../../src/infra/db/sql.js';
import { newId } from '../../src/kernel/ids.js';
import { currency } from '../../src/kernel/money.js';
import type { CallerAccount } from './peer.js';

/** One telephone may have 20 calls at once, whoever owns it: at 400 calls/s of a second and a half each of these has six. */
const CALLERS = 100;
/** The demo world's price list, and far more credit than the whole bench can spend. */
const SALE_DECK = 'lab-sale';
const CREDIT_LIMIT_MICROS = 1_000_000_000_000n;

/**
 * Members of the bench, each with a number, a phone and an account that pays: rows as registration writes them. Whoever of them
 * calls is looked up, limited, asked for money and charged like anybody else.
 */
export async function addCallers(
  sql: Sql,
  place: { readonly realm: string; readonly secret: string },
): Promise<readonly Pick<CallerAccount, 'username' | 'secret'>[]> {
  const callers = Array.from({ length: CALLERS }, (_, index) => callerOf(7_000 + index));
  await add(
    sql,
    'member',
    callers.map(({ member, username }) => ({
      ...{ id: member, kind: 'person', name: username, language: 'ko', country: 'KR', area: '02' },
      status: 'active',
    })),
  );
  await add(
    sql,
    'device',
    callers.map(({ member, username, national }) => ({
      ...{
        id: newId(),
        member_id: member,
        username,
        label: username,
        kind: 'sip',
        country: 'KR',
        area: '02',
      },
      digest: digestOf(username, place.realm, place.secret),
      location_number: `+82${national.slice(1)}`,
      location_national: national,
    })),
  );
  await add(
    sql,
    'number_assignment',
    callers.map(({ member, number, national, key }) => ({
      ...{ id: number, key, kind: 'pin', ccc: '082', region: 'KR', area_number: national, display: key },
      ...{ identification: false, holder_id: member },
    })),
  );
  await add(
    sql,
    'number_shadow',
    callers.map(({ number, national }) => ({
      ...{ assignment_id: number, country: 'KR', e164: `+82${national.slice(1)}` },
      verified_at: new Date().toISOString(),
    })),
  );
  for (const { member } of callers) {
    const account = await accountId(sql, { kind: 'member', owner: member, currency: currency('USD') });
    await setLimits(sql, account, { creditLimitMicros: CREDIT_LIMIT_MICROS, dailyCapMicros: undefined });
    await setPayer(sql, member, { accountId: account, deckId: SALE_DECK });
  }
  return callers.map(({ username }) => ({ username, secret: place.secret }));
}

/** Whoever has the number 02-6200-<line>-082. */
const callerOf = (line: number) => {
  const national = `026200${line}`;
  return {
    ...{ member: newId(), number: newId(), username: `bench-${line}` },
    ...{ national, key: `${national}082` },
  };
};

/** Table and columns are our own constants, never input. */
async function add(sql: Sql, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  await sql.run(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)`,
    [JSON.stringify(rows)],
  );
}
