import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { country } from '../fields.js';
import { BRANCHES, type BranchRow, companyNumber } from './branches.rows.js';
import { addBranch, changeBranch, numberUnknown, removeBranch } from './branches.service.js';

/** The number with `#` (`%23` in a path) or without. */
const numberKey = z
  .string()
  .regex(/^[0-9]{3,12}#?$/, "must be a company's number, 3 to 12 digits")
  .transform((text) => `${text.replace('#', '')}#`);
const uuid = z.uuid();
const newBranch = z.strictObject({
  region: country,
  /** Whose devices, find-me order and voicemail answer for the branch. */
  memberId: z.uuid(),
  /** Answers for its country code when the caller's region has no branch of its own; the first one under a code does. */
  isDefault: z.boolean().default(false),
});
const changedBranch = z.strictObject({ memberId: z.uuid(), isDefault: z.literal(true) }).partial();

/** A company's branches: one a region, which answers its number there. */
@Controller('v1/numbers/:key/branches')
export class BranchesController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('branches.read')
  async list(@CurrentPrincipal() principal: Principal, @Param('key', { schema: numberKey }) key: string) {
    const number = await companyNumber(this.db, key);
    const seen = number !== undefined && maySee(principal, number.holderId) ? number : undefined;
    const { id } = orProblem(seen === undefined ? err(numberUnknown(key)) : ok(seen));
    const branches = await BRANCHES.all(this.db, { assignmentId: id });
    return { items: branches.map(viewOf) };
  }

  @Post()
  @Policy('branches.manage')
  @Idempotent()
  async add(
    @Param('key', { schema: numberKey }) key: string,
    @Body({ schema: newBranch }) wanted: z.output<typeof newBranch>,
  ) {
    return viewOf(orProblem(await this.db.inTx((tx) => addBranch(tx, key, wanted))));
  }

  @Patch(':id')
  @Policy('branches.answer')
  async change(
    @CurrentPrincipal() { roles, companyId }: Principal,
    @Param('key', { schema: numberKey }) key: string,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: changedBranch }) changes: z.output<typeof changedBranch>,
  ) {
    // An operator is of no company: all numbers are his; whoever is of none and no operator has none.
    const company = companyId === null && roles.includes('operator') ? 'any' : companyId;
    return viewOf(orProblem(await this.db.inTx((tx) => changeBranch(tx, key, id, changes, company))));
  }

  /** The default of a country code, and the home branch, stay while others need them. */
  @Delete(':id')
  @HttpCode(204)
  @Policy('branches.manage')
  async remove(
    @Param('key', { schema: numberKey }) key: string,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    orProblem(await this.db.inTx((tx) => removeBranch(tx, key, id)));
  }
}

const maySee = ({ roles, companyId }: Principal, holderId: string): boolean =>
  roles.includes('operator') || roles.includes('support') || companyId === holderId;

const viewOf = ({ assignmentId: _, ...branch }: BranchRow) => branch;
