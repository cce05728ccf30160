import type { Account } from '../../api/session.js';

export interface Whose {
  readonly value: string;
  readonly label: string;
}

/** The members that an account looks after: itself, then its company, then the company's branches. */
export function whoseOf(
  account: Pick<Account, 'memberId' | 'companyId' | 'roles'> | null,
  branches: readonly { readonly id: string; readonly name: string }[],
  words: { readonly own: string; readonly company: string },
): readonly Whose[] {
  if (account === null) return [];
  const { memberId, companyId, roles } = account;
  const own = memberId === null || !roles.includes('member') ? [] : [{ value: memberId, label: words.own }];
  const company =
    companyId === null || companyId === memberId || !roles.includes('company-admin')
      ? []
      : [{ value: companyId, label: words.company }];
  return [...company, ...own, ...branches.map(({ id, name }) => ({ value: id, label: name }))];
}
