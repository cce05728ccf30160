interface Address {
  readonly lines: readonly string[];
  readonly city: string;
  readonly postcode: string | null;
  readonly country: string;
}

/** Of a person, or of a company: what the route answers has the one's fields or the other's. */
export interface PersonalData {
  readonly birthDate?: string | null;
  readonly legalName?: string | null;
  readonly registrationNumber?: string | null;
  readonly taxNumber?: string | null;
  readonly postalAddress?: Address | null;
}

const PLAIN = ['birthDate', 'legalName', 'registrationNumber', 'taxNumber'] as const;
const ADDRESS = ['line', 'postcode', 'city', 'country'] as const;

/** As the form has it: text, empty for what is not given. */
export function valuesOf(data: PersonalData): Readonly<Record<string, string>> {
  const plain = PLAIN.filter((name) => name in data).map((name) => [name, data[name] ?? '']);
  const address = data.postalAddress;
  return {
    ...Object.fromEntries(plain),
    line: address?.lines.join(', ') ?? '',
    postcode: address?.postcode ?? '',
    city: address?.city ?? '',
    country: address?.country ?? '',
  };
}

/** As the route takes it: null removes. */
export function bodyOf(values: Readonly<Record<string, string>>, before: PersonalData): PersonalData {
  const text = (name: string): string => values[name]?.trim() ?? '';
  const given = ADDRESS.some((name) => text(name) !== '');
  return {
    ...Object.fromEntries(PLAIN.filter((name) => name in before).map((name) => [name, text(name) || null])),
    postalAddress: given
      ? {
          lines: [text('line')],
          postcode: text('postcode'),
          city: text('city'),
          country: text('country').toUpperCase(),
        }
      : null,
  };
}
