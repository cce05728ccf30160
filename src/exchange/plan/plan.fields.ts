import { z } from 'zod';
import type { EmergencyService } from '../../numbering/index.js';
import { routingSettings } from '../directory.rules.js';
import { FEATURE_NAMES } from '../domain/features.js';
import { country } from '../fields.js';

export { country };

export const featureCode = z
  .string()
  .regex(/^(?:[*#][0-9*#]{1,8}|[0-9]{2,8})$/, 'must start with * or #, or be 2 to 8 digits');
export const feature = z.strictObject({
  feature: z.enum(FEATURE_NAMES),
  /** What follows the code: `*21*0212345678`. */
  argument: z.enum(['none', 'optional', 'required']).default('none'),
  enabled: z.boolean().default(true),
});

const digits = (most: number) => z.number().int().min(1).max(most);
export const identifierCode = z.string().regex(/^[0-9]{1,8}$/, 'must be 1 to 8 digits');
/** Digits of the whole number, code included, ccc not. */
export const identifierRange = z.strictObject({ minLength: digits(15), maxLength: digits(15) });

const SERVICES = [
  'emergency',
  'police',
  'fire',
  'ambulance',
  'coastguard',
  'mountain',
  'gas',
  'poison',
  'deaf',
  'helpline',
  'public-service',
] as const satisfies readonly EmergencyService[];
export const shortCode = z.string().regex(/^[0-9]{2,6}$/, 'must be 2 to 6 digits');
export const shortNumber = z.strictObject({
  /** What the country's network is sent. */
  number: z.string().regex(/^[0-9*#]{2,15}$/, 'must be 2 to 15 of 0-9*#'),
  service: z.enum(SERVICES),
});

type SettingName = keyof typeof routingSettings.shape;
const SETTING_NAMES = Object.keys(routingSettings.shape) as readonly SettingName[];
export const settingName = z.enum(SETTING_NAMES);
export const settingValue = z.strictObject({ value: z.json() });
