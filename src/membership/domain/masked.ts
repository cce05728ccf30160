const SHOWN = 4;

/** All but the last four: enough to compare with a document in hand, not enough to use it. */
const tail = (text: string): string =>
  text.length <= SHOWN ? '*'.repeat(text.length) : '*'.repeat(text.length - SHOWN) + text.slice(-SHOWN);

/** Personal data as support sees it. What is null stays null. */
export function masked(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, maskOf(name, value)]));
}

function maskOf(name: string, value: unknown): unknown {
  if (value === null) return null;
  switch (name) {
    case 'birthDate':
      return `${String(value).slice(0, 4)}-**-**`;
    case 'identityDocument': {
      const document = value as { readonly number: string };
      return { ...document, number: tail(document.number) };
    }
    case 'postalAddress': {
      const { city, country } = value as { readonly city: string; readonly country: string };
      return { lines: ['*'], city, region: null, postcode: null, country };
    }
    case 'legalName':
      return value;
    default:
      return tail(String(value));
  }
}
