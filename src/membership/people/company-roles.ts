import { z } from 'zod';
import type { UserRole } from '../../infra/http/policies.js';

/** What somebody may be in a company; `member`: has telephones of his own and no more. */
export const companyRoles = ['company-admin', 'supervisor', 'agent', 'member'] as const;
export type CompanyRole = (typeof companyRoles)[number];
export const roles = z
  .array(z.enum(companyRoles))
  .min(1)
  .max(companyRoles.length)
  .transform((all) => [...new Set(all)]);

const OF_COMPANIES: readonly UserRole[] = ['company-admin', 'supervisor', 'agent'];
/** Ours: whoever has one of them belongs to no company. */
export const STAFF: readonly UserRole[] = ['operator', 'finance', 'approver', 'support', 'partner-centre'];

/** An account's roles with these of a company; everybody stays a member. */
export const withCompanyRoles = (before: readonly UserRole[], wanted: readonly CompanyRole[]): UserRole[] => [
  ...new Set<UserRole>([...before.filter((role) => !OF_COMPANIES.includes(role)), ...wanted, 'member']),
];
