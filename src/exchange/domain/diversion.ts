/** A header longer than this says nothing that counts. */
const MOST_TEXT = 2_000;
const MOST_NUMBERS = 20;

/**
 * Who has sent a call on before it came to us, as Diversion says it (RFC 5806): the user parts of its addresses, latest first.
 * Total: whatever a network writes there, at worst nobody is found.
 */
export function divertedBy(headers: readonly string[]): readonly string[] {
  return headers.flatMap(numbersIn).slice(0, MOST_NUMBERS);
}

function numbersIn(encoded: string): readonly string[] {
  const text = decoded(encoded.slice(0, MOST_TEXT));
  return [...text.matchAll(/\b(?:sips?|tel):([^@;>?\s]{1,64})/gi)].map(([, user = '']) => decoded(user));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
