import type { UserRole } from '../infra/http/policies.js';

/** Who serves customers sees whom he serves; who counts money does not need to. */
const seesNumbers: readonly UserRole[] = ['operator', 'support', 'company-admin', 'supervisor', 'agent'];

export const maySeeNumbers = (roles: readonly UserRole[]): boolean =>
  roles.some((role) => seesNumbers.includes(role));

/** `+82262006200` → `+82*******00`: the country stays, so that sums can be understood. */
export const masked = (number: string): string =>
  number.length <= 5
    ? '*'.repeat(number.length)
    : `${number.slice(0, 3)}${'*'.repeat(number.length - 5)}${number.slice(-2)}`;
