import type { UserRole } from '../policies.js';

/** Roles that see or move what is other people's: theirs need a second factor where the configuration says so. */
const staffRoles: ReadonlySet<UserRole> = new Set(['operator', 'finance', 'approver', 'support']);

export const isStaffRole = (role: UserRole): boolean => staffRoles.has(role);
export const isStaff = (roles: readonly UserRole[]): boolean => roles.some(isStaffRole);
