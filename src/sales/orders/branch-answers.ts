import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { keepProvedNumber, MEMBERS, makeDevice, provedTelephone, setFindMe } from '../../membership/index.js';
import { checkShadow, nationalFormat } from '../../numbering/index.js';
import { notProved } from '../sales.failures.js';
import type { NumberOrder } from './applying.service.js';
import type { BranchWish } from './orders.rows.js';

const RING_SECONDS = 45;

/** Whether who shall answer in each country can: told at the request form, looked at again when the number is given. */
export async function checkBranches(
  tx: Tx,
  { buyerId, holderId, number }: NumberOrder,
  wishes: readonly BranchWish[],
): Promise<Result<undefined, Failure>> {
  for (const { country, answer } of wishes) {
    if (number.number.kind !== 'vns' || !number.countries.includes(country)) return err(noBranch(country));
    switch (answer.by) {
      case 'company':
        break;
      case 'member':
        if (!(await isOfCompany(tx, answer.memberId, holderId))) return err(notHis(country));
        break;
      case 'telephone':
        if (!(await provedTelephone(tx, buyerId, answer.e164))) return err(notProved());
        break;
      case 'device': {
        const place = checkShadow({ country, e164: answer.locationNumber });
        if (!place.ok) return place;
      }
    }
  }
  return ok(undefined);
}

const isOfCompany = async (tx: Tx, memberId: string, companyId: string): Promise<boolean> =>
  (await tx.rows('SELECT FROM member WHERE id = $1 AND $2 IN (id, company_id)', [memberId, companyId]))
    .length > 0;

/** Who answers in each of the number's countries: the company itself, unless something else was asked for and still can be. */
export async function branchesOf(
  tx: Tx,
  order: NumberOrder,
  holderId: string,
  realm: string,
): Promise<readonly { readonly region: string; readonly memberId: string }[]> {
  const branches = [];
  for (const region of order.number.countries) {
    const wish = order.number.application?.branches?.find(({ country }) => country === region);
    const memberId = wish === undefined ? holderId : await answers(tx, order, wish, holderId, realm);
    branches.push({ region, memberId });
  }
  return branches;
}

async function answers(
  tx: Tx,
  { buyerId, language, number }: NumberOrder,
  { country, answer }: BranchWish,
  holderId: string,
  realm: string,
): Promise<string> {
  if (answer.by === 'company') return holderId;
  if (answer.by === 'member')
    return (await isOfCompany(tx, answer.memberId, holderId)) ? answer.memberId : holderId;
  if (answer.by === 'telephone' && !(await provedTelephone(tx, buyerId, answer.e164))) return holderId;
  // A branch is a member of its own: its devices, its find-me order and its voicemail.
  const branch = await MEMBERS.insert(tx, {
    id: newId(),
    companyId: holderId,
    kind: 'company',
    name: `${number.application?.name ?? number.display} ${country}`.slice(0, 200),
    language: number.application?.language ?? language,
    country,
    area: null,
  });
  if (branch === undefined) return holderId;
  if (answer.by === 'device') {
    const { label, locationNumber } = answer;
    const locationNational = (nationalFormat(locationNumber) ?? '').replace(/\D/g, '');
    const place = { country, area: null, locationNumber, locationNational };
    await makeDevice(tx, realm, { ...place, memberId: branch.id, label, kind: 'sip' });
    return branch.id;
  }
  const mine = { accountId: buyerId, memberId: branch.id, e164: answer.e164, label: '' };
  const kept = await keepProvedNumber(tx, mine);
  // It stands for the company itself already: then that one answers.
  if (!kept.ok) return holderId;
  const ring = { ringSeconds: RING_SECONDS, withPrevious: false };
  const set = await setFindMe(tx, branch.id, [
    { kind: 'contact', target: kept.value.id, ...ring },
    { kind: 'voicemail', target: null, ...ring },
  ]);
  if (!set.ok) throw new Error(set.failure.message);
  return branch.id;
}

const noBranch = (country: string) =>
  failure('branch.mismatch', `This number has no branch in ${country}.`, {
    hint: 'name only countries of the order ("countries")',
  });
const notHis = (country: string) =>
  failure('branch.member.mismatch', `Who shall answer in ${country} is not of the company.`, {
    hint: 'GET /v1/companies/:id/branches and …/people list whom it has',
  });
