import { e164Of, isE164 } from '../../shared/telephone.js';

/** Who answers a company's number in a country, as the form has it: the fields of the choices that are not taken stay aside. */
export interface BranchValues {
  readonly by: 'company' | 'member' | 'telephone' | 'device';
  readonly memberId: string;
  readonly telephone: string;
  readonly label: string;
}

export const COMPANY_ANSWERS: BranchValues = { by: 'company', memberId: '', telephone: '', label: '' };

type Answer =
  | { readonly by: 'company' }
  | { readonly by: 'member'; readonly memberId: string }
  | { readonly by: 'telephone'; readonly e164: string }
  | { readonly by: 'device'; readonly label: string; readonly locationNumber: string };

function answerOf({ by, memberId, telephone, label }: BranchValues): Answer {
  switch (by) {
    case 'company':
      return { by };
    case 'member':
      return { by, memberId };
    case 'telephone':
      return { by, e164: e164Of(telephone) };
    case 'device':
      return { by, label: label.trim(), locationNumber: e164Of(telephone) };
  }
}

/** As `POST /v1/orders/:id/application` takes them; where the company itself answers nothing is said. */
export const branchesBody = (branches: Readonly<Record<string, BranchValues>>) =>
  Object.entries(branches)
    .map(([country, values]) => ({ country, answer: answerOf(values) }))
    .filter(({ answer }) => answer.by !== 'company');

/** What is missing of an answer: the names of its fields. */
export function missingIn({ by, memberId, telephone, label }: BranchValues): readonly string[] {
  switch (by) {
    case 'company':
      return [];
    case 'member':
      return memberId === '' ? ['memberId'] : [];
    case 'telephone':
      return isE164(telephone) ? [] : ['telephone'];
    case 'device':
      return [...(label.trim() === '' ? ['label'] : []), ...(isE164(telephone) ? [] : ['telephone'])];
  }
}
