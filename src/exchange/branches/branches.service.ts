import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { MEMBERS, memberUnknown } from '../../membership/index.js';
import { cccOfRegion } from '../../numbering/index.js';
import { BRANCHES, type BranchRow, companyNumber } from './branches.rows.js';

export interface NewBranch {
  readonly region: string;
  readonly memberId: string;
  readonly isDefault: boolean;
}

/** Opens a branch; the first one under a country code is its default. */
export async function addBranch(tx: Tx, key: string, wanted: NewBranch): Promise<Result<BranchRow>> {
  const number = await companyNumber(tx, key, true);
  if (number === undefined) return err(numberUnknown(key));
  if ((await MEMBERS.one(tx, { id: wanted.memberId })) === undefined)
    return err(memberUnknown(wanted.memberId));
  const ccc = cccOfRegion(wanted.region) ?? '';
  const under = await BRANCHES.all(tx, { assignmentId: number.id, ccc });
  const isDefault = wanted.isDefault || under.length === 0;
  if (isDefault) await noDefault(tx, number.id, ccc);
  const made = await BRANCHES.insert(tx, { id: newId(), assignmentId: number.id, ...wanted, ccc, isDefault });
  return made === undefined ? err(exists(wanted.region)) : ok(made);
}

export async function changeBranch(
  tx: Tx,
  key: string,
  id: string,
  { memberId, isDefault }: { readonly memberId?: string | undefined; readonly isDefault?: true | undefined },
  /** Whose numbers may be changed, and whose members may answer them. */
  company: string | null,
): Promise<Result<BranchRow>> {
  const number = await companyNumber(tx, key, true);
  if (number === undefined || (company !== 'any' && number.holderId !== company))
    return err(numberUnknown(key));
  const branch = await BRANCHES.one(tx, { id, assignmentId: number.id });
  if (branch === undefined) return err(branchUnknown(id));
  const member = memberId === undefined ? undefined : await MEMBERS.one(tx, { id: memberId });
  const his = company === 'any' || member?.id === company || member?.companyId === company;
  if (memberId !== undefined && (member === undefined || !his)) return err(memberUnknown(memberId));
  if (isDefault) await noDefault(tx, number.id, branch.ccc);
  return ok((await BRANCHES.update(tx, { id }, { memberId, isDefault })) ?? branch);
}

export async function removeBranch(tx: Tx, key: string, id: string): Promise<Result<undefined>> {
  const number = await companyNumber(tx, key, true);
  if (number === undefined) return err(numberUnknown(key));
  const branches = await BRANCHES.all(tx, { assignmentId: number.id });
  const branch = branches.find((one) => one.id === id);
  if (branch === undefined) return err(branchUnknown(id));
  if (branch.region === number.region && branches.length > 1)
    return err(needed('it is the home branch, which answers callers from everywhere else'));
  if (branch.isDefault && branches.some((one) => one.ccc === branch.ccc && one.id !== id))
    return err(needed(`it is the default under ${branch.ccc}, where there are others`));
  await BRANCHES.delete(tx, { id });
  return ok(undefined);
}

const noDefault = (tx: Tx, assignmentId: string, ccc: string): Promise<number> =>
  tx.run('UPDATE vns_branch SET is_default = false WHERE assignment_id = $1 AND ccc = $2 AND is_default', [
    assignmentId,
    ccc,
  ]);

export const numberUnknown = (key: string): Failure =>
  failure('number.unknown', `There is no company number ${key}.`, {
    hint: 'branches are those of company numbers',
  });

const branchUnknown = (id: string): Failure =>
  failure('branch.unknown', `The number has no branch ${id}.`, { hint: 'list its branches first' });

const exists = (region: string): Failure =>
  failure('branch.exists', `The number has a branch in ${region} already.`, { hint: 'change that one' });

const needed = (why: string): Failure =>
  failure('branch.not-allowed', `The branch is in use: ${why}.`, { hint: 'make another the default first' });
