import { longestPrefix } from '../../../kernel/prefix-table.js';
import type { Phone } from '../telephone/phone.js';
import type { Plan } from './plan.js';

/** The longest configured prefix decides; where none does, premium-rate numbers are barred if the plan says so. */
export function isBarred(phone: Phone, plan: Plan): boolean {
  const rule = longestPrefix(plan.barring, phone.e164.slice(1));
  if (rule !== undefined) return rule === 'barred';
  return plan.config.barPremium && phone.type === 'premium_rate';
}
