import { z } from 'zod';
import type { Sql } from '../../infra/db/sql.js';
import { orProblem } from '../../infra/http/answer.js';
import type { Principal } from '../../infra/http/principal.js';
import { err, failure, ok } from '../../kernel/result.js';
import { countryCode } from '../fields.js';
import { HOUSE } from '../owner.js';
import { seenByCaller } from '../signed-in.js';
import { type Grouping, groupings, type ReportWish } from './report-queries.js';
import { zoneOf } from './zones.service.js';

const day = z.iso.date();
export const rangeFields = {
  from: day,
  to: day,
  country: countryCode.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
  queueId: z.uuid().optional(),
  /** For the house's staff: one company's, `operator` for the house's own. */
  company: z.union([z.uuid(), z.literal(HOUSE)]).optional(),
};
export const summaryQuery = z.strictObject({
  ...rangeFields,
  by: z.enum(Object.keys(groupings) as [Grouping, ...Grouping[]]).default('week'),
});

const MOST_DAYS = 3_700;
const MOST_DAYS_BY_HOUR = 31;

/** What is asked for, within what the caller may see: a company its own, in its own days. */
export async function wishOf(
  sql: Sql,
  principal: Principal,
  query: z.output<typeof summaryQuery>,
): Promise<ReportWish> {
  const seen = seenByCaller(principal);
  const { company, ...rest } = query;
  const foreign = company !== undefined && seen.only !== null && company !== seen.only;
  orProblem(foreign ? err(unknownCompany) : ok(company));
  const days = (Date.parse(query.to) - Date.parse(query.from)) / 86_400_000;
  const most = query.by === 'hour' ? MOST_DAYS_BY_HOUR : MOST_DAYS;
  orProblem(days < 0 || days >= most ? err(badRange(most)) : ok(days));
  return { ...rest, owner: seen.only ?? company ?? null, zone: await zoneOf(sql, seen.own) };
}

const unknownCompany = failure('company.unknown', 'There is no such company.', {
  hint: 'leave it out: you see your own',
});
const badRange = (most: number) =>
  failure('report.invalid', `"to" must be a day from "from" on, within ${most} days.`, {
    hint: 'ask for a shorter time, or by day instead of by hour',
  });
