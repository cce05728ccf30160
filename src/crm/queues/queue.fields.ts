import { z } from 'zod';
import { FROM, TO } from '../../exchange/index.js';
import { parseRule } from '../domain/queue/parse-rule.js';
import { timeZone } from '../fields.js';

export const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country by ISO 3166-1, such as KR');
export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}$/, 'must be a language by its short tag, such as ko');

/** Checked when saved, told where it cannot be read. */
const rule = z
  .string()
  .trim()
  .max(300)
  .superRefine((text, context) => {
    const parsed = parseRule(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.failure.message });
  });

/** By the queue's own clock; `to` at or before `from` is on the next day. */
const hours = z.strictObject({
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: z.string().regex(FROM, 'must be a time, like 09:00'),
  to: z.string().regex(TO, 'must be a time, like 18:00, or 24:00'),
  timeZone,
});

const skillName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be a name in small letters, such as sales');
const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;

const fields = {
  name: z.string().trim().min(1).max(80),
  country,
  branchId: z.uuid().nullable(),
  extension: z
    .string()
    .regex(/^[0-9]{1,6}$/, 'must be 1 to 6 digits')
    .nullable(),
  languages: z.array(languageTag).min(1).max(9).refine(unique, 'must not name a language twice'),
  skill: skillName.nullable(),
  rules: z.array(rule).max(10),
  overflow: z
    .array(z.strictObject({ afterSeconds: z.number().int().min(0).max(14_400), queueId: z.uuid() }))
    .max(5),
  answer: z.enum(['at-once', 'late']),
  priority: z.number().int().min(0).max(9),
  maxWaiting: z.number().int().min(1).max(10_000),
  maxWaitSeconds: z.number().int().min(10).max(14_400),
  ringSeconds: z.number().int().min(5).max(120),
  wrapUpSeconds: z.number().int().min(0).max(3_600),
  announceSeconds: z.number().int().min(10).max(600),
  callback: z.boolean(),
  survey: z.boolean(),
  enabled: z.boolean(),
  hours: z.array(hours).max(7),
} as const;

export const changedQueue = z.strictObject(fields).partial();
export const newQueue = changedQueue.required({ name: true, country: true, languages: true }).extend({
  /** Operators only; absent or null: the operator's own. */
  companyId: z.uuid().nullable().optional(),
});
export type ChangedQueue = z.output<typeof changedQueue>;
export type NewQueue = z.output<typeof newQueue>;

/** Levels by name, 0 to 100. */
const level = z.number().int().min(0).max(100);
export const agentFields = {
  name: z.string().trim().min(1).max(80),
  country,
  memberId: z.uuid(),
  accountId: z.uuid().nullable(),
  number: z.string().regex(/^[0-9]{2,8}$/, 'must be 2 to 8 digits'),
  pin: z
    .string()
    .regex(/^[0-9]{4,12}$/, 'must be 4 to 12 digits')
    .nullable(),
  languages: z.record(languageTag, level),
  skills: z.record(skillName, level),
  supervisor: z.boolean(),
  enabled: z.boolean(),
} as const;
export const changedAgent = z.strictObject(agentFields).partial();
export const newAgent = changedAgent
  .required({ name: true, country: true, memberId: true, number: true, languages: true })
  .extend({ companyId: z.uuid().nullable().optional() });
export type ChangedAgent = z.output<typeof changedAgent>;
export type NewAgent = z.output<typeof newAgent>;
