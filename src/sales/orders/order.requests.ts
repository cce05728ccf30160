import { z } from 'zod';
import { address, country, e164, language, line, slug } from '../requests.js';

const numberWish = z.strictObject({
  kind: z.literal('number'),
  product: slug,
  number: z.string().min(1).max(40),
  countries: z.array(country).max(50).default([]),
  interval: z.enum(['month', 'year']),
  language,
  billing: address,
});
const goodsWish = z.strictObject({
  kind: z.literal('goods'),
  country,
  language,
  lines: z
    .array(z.strictObject({ goods: slug, count: z.number().int().min(1).max(100) }))
    .min(1)
    .max(20)
    .refine((lines) => new Set(lines.map(({ goods }) => goods)).size === lines.length, {
      message: 'must name each of the goods once',
    }),
  billing: address,
  shipTo: address.omit({ taxId: true }).extend({ phone: e164.nullable().default(null) }),
});
export type GoodsWish = z.output<typeof goodsWish>;

/** What is ordered. Its price is never the buyer's to say. */
export const orderWish = z.discriminatedUnion('kind', [numberWish, goodsWish]);

export const application = z.strictObject({
  holder: z.strictObject({
    name: line,
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
      .max(35),
    area: z
      .string()
      .regex(/^\d{1,6}$/)
      .nullable()
      .default(null),
  }),
  contact: e164.nullable().default(null),
  /** Of a company's number: who answers in which of its countries. */
  branches: z
    .array(
      z.strictObject({
        country,
        answer: z.discriminatedUnion('by', [
          z.strictObject({ by: z.literal('company') }),
          z.strictObject({ by: z.literal('member'), memberId: z.uuid() }),
          z.strictObject({ by: z.literal('telephone'), e164 }),
          z.strictObject({ by: z.literal('device'), label: line.max(100), locationNumber: e164 }),
        ]),
      }),
    )
    .max(50)
    .refine((all) => new Set(all.map((one) => one.country)).size === all.length, {
      message: 'must name each country once',
    })
    .default([]),
  acceptsTerms: z.literal(true, 'the terms must be accepted'),
  acceptsWarnings: z.boolean().default(false),
});

/** `walletFirst`: of a direct payment; what the wallet has is taken, and the provider is asked for the rest. */
export const payment = z.strictObject({
  method: z.enum(['wallet', 'direct']),
  walletFirst: z.boolean().default(false),
});
