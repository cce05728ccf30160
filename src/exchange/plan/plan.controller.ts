import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { ProblemError } from '../../infra/http/problem.js';
import { failure, ok } from '../../kernel/result.js';
import { DEFAULT_PLAN } from '../../numbering/index.js';
import { routingSettings } from '../directory.rules.js';
import { conflictsAfter } from './conflicts.js';
import {
  country,
  feature,
  featureCode,
  identifierCode,
  identifierRange,
  settingName,
  settingValue,
  shortCode,
  shortNumber,
} from './plan.fields.js';
import { FEATURE_CODES, IDENTIFIER_CODES, ROUTING_SETTINGS, SHORT_CODES } from './plan.rows.js';
import { changePlan, removed } from './plan-change.js';

const conflictsQuery = z.strictObject({ cursor: z.string().max(40).default('') });

/**
 * What the operator decides about the number plan. Every change is compiled with all the rest first; one that does not fit
 * is refused with both sides named. Codes in paths are percent-encoded: `*21` is `%2A21`, `#21` is `%2321`.
 */
@Controller('v1/plan')
export class PlanController {
  constructor(private readonly db: Db) {}

  /** All of it: a few hundred rows at most. Settings without a row are the defaults. */
  @Get()
  @Policy('plan.read')
  async read() {
    const [featureCodes, identifierCodes, shortCodes, settings] = await Promise.all([
      FEATURE_CODES.all(this.db, {}),
      IDENTIFIER_CODES.all(this.db, {}),
      SHORT_CODES.all(this.db, {}),
      ROUTING_SETTINGS.all(this.db, {}),
    ]);
    const {
      featureCodes: _,
      identifierCodes: __,
      shortCodes: ___,
      carriers: ____,
      ...defaults
    } = DEFAULT_PLAN;
    const chosen = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
    return { featureCodes, identifierCodes, shortCodes, settings: { ...defaults, ...chosen } };
  }

  /** Sold numbers that the plan of today, or new metadata, would refuse; page by page, some of them empty. */
  @Get('conflicts')
  @Policy('plan.read')
  async conflicts(@Query({ schema: conflictsQuery }) { cursor }: z.output<typeof conflictsQuery>) {
    return orProblem(await conflictsAfter(this.db, cursor));
  }

  @Put('feature-codes/:code')
  @Policy('plan.manage')
  async feature(
    @Param('code', { schema: featureCode }) code: string,
    @Body({ schema: feature }) wanted: z.output<typeof feature>,
  ) {
    return orProblem(
      await changePlan(this.db, async (tx) => ok(await FEATURE_CODES.put(tx, { code, ...wanted }))),
    );
  }

  @Delete('feature-codes/:code')
  @HttpCode(204)
  @Policy('plan.manage')
  async noFeature(@Param('code', { schema: featureCode }) code: string): Promise<void> {
    const what = `feature code ${code}`;
    orProblem(
      await changePlan(this.db, async (tx) => removed(await FEATURE_CODES.delete(tx, { code }), what)),
    );
  }

  @Put('identifier-codes/:country/:code')
  @Policy('plan.manage')
  async identifier(
    @Param('country', { schema: country }) inCountry: string,
    @Param('code', { schema: identifierCode }) code: string,
    @Body({ schema: identifierRange }) range: z.output<typeof identifierRange>,
  ) {
    const row = { country: inCountry, code, ...range };
    return orProblem(await changePlan(this.db, async (tx) => ok(await IDENTIFIER_CODES.put(tx, row))));
  }

  /** Numbers that were sold from it stay as they are. */
  @Delete('identifier-codes/:country/:code')
  @HttpCode(204)
  @Policy('plan.manage')
  async noIdentifier(
    @Param('country', { schema: country }) inCountry: string,
    @Param('code', { schema: identifierCode }) code: string,
  ): Promise<void> {
    const row = { country: inCountry, code };
    const what = `identifier code ${inCountry} ${code}`;
    orProblem(await changePlan(this.db, async (tx) => removed(await IDENTIFIER_CODES.delete(tx, row), what)));
  }

  @Put('short-codes/:country/:dialled')
  @Policy('plan.manage')
  async short(
    @Param('country', { schema: country }) inCountry: string,
    @Param('dialled', { schema: shortCode }) dialled: string,
    @Body({ schema: shortNumber }) wanted: z.output<typeof shortNumber>,
  ) {
    const row = { country: inCountry, dialled, ...wanted };
    return orProblem(await changePlan(this.db, async (tx) => ok(await SHORT_CODES.put(tx, row))));
  }

  @Delete('short-codes/:country/:dialled')
  @HttpCode(204)
  @Policy('plan.manage')
  async noShort(
    @Param('country', { schema: country }) inCountry: string,
    @Param('dialled', { schema: shortCode }) dialled: string,
  ): Promise<void> {
    const row = { country: inCountry, dialled };
    const what = `short code ${inCountry} ${dialled}`;
    orProblem(await changePlan(this.db, async (tx) => removed(await SHORT_CODES.delete(tx, row), what)));
  }

  @Put('settings/:name')
  @Policy('plan.manage')
  async setting(
    @Param('name', { schema: settingName }) name: z.output<typeof settingName>,
    @Body({ schema: settingValue }) { value }: z.output<typeof settingValue>,
  ) {
    const parsed = routingSettings.safeParse({ [name]: value });
    if (!parsed.success) throw settingInvalid(name, parsed.error.issues);
    const row = { name, value: JSON.stringify(value) };
    return orProblem(await changePlan(this.db, async (tx) => ok(await ROUTING_SETTINGS.put(tx, row))));
  }

  /** Back to the default. */
  @Delete('settings/:name')
  @HttpCode(204)
  @Policy('plan.manage')
  async noSetting(@Param('name', { schema: settingName }) name: string): Promise<void> {
    orProblem(
      await changePlan(this.db, async (tx) =>
        removed(await ROUTING_SETTINGS.delete(tx, { name }), `setting ${name}`),
      ),
    );
  }
}

const settingInvalid = (name: string, issues: readonly { readonly message: string }[]): ProblemError =>
  new ProblemError(
    failure('setting.invalid', `${name} cannot have this value.`, { hint: 'GET /v1/plan shows its form' }),
    { errors: issues.map(({ message }) => ({ pointer: '/value', detail: message })) },
  );
