import { z } from 'zod';
import { country } from './member.fields.js';

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]+$/u, 'must be on one line');
const birthDate = z.iso
  .date()
  .refine(
    (text) => text >= '1900-01-01' && new Date(text) <= new Date(),
    'must be a day that has been, since 1900',
  );
const postalAddress = z.strictObject({
  lines: z.array(line(100)).min(1).max(4),
  city: line(100),
  region: line(100).nullable().default(null),
  postcode: line(20).nullable().default(null),
  country,
});
const identityDocument = z.strictObject({
  kind: z.enum(['passport', 'identity-card', 'driving-licence', 'residence-permit']),
  number: line(40),
  country,
});

/** What is left out stays, null removes. */
export const personData = z
  .strictObject({
    birthDate: birthDate.nullable(),
    postalAddress: postalAddress.nullable(),
    identityDocument: identityDocument.nullable(),
  })
  .partial();
export const companyData = z
  .strictObject({
    legalName: line(200).nullable(),
    registrationNumber: line(60).nullable(),
    taxNumber: line(60).nullable(),
    postalAddress: postalAddress.nullable(),
  })
  .partial();

export type PersonData = {
  readonly [Key in keyof z.output<typeof personData>]-?: NonNullable<z.output<typeof personData>[Key]> | null;
};
export type CompanyData = {
  readonly [Key in keyof z.output<typeof companyData>]-?: NonNullable<
    z.output<typeof companyData>[Key]
  > | null;
};
export type PersonalData = PersonData | CompanyData;

const NOTHING: { readonly person: PersonData; readonly company: CompanyData } = {
  person: { birthDate: null, postalAddress: null, identityDocument: null },
  company: { legalName: null, registrationNumber: null, taxNumber: null, postalAddress: null },
};
/** Every field there, also those that were not given. */
export const complete = (kind: 'person' | 'company', given: object): PersonalData => ({
  ...NOTHING[kind],
  ...given,
});
