/**
 * Numbers like the one that was wanted, the most alike first: another last digit, then two digits changed places, then
 * another digit further to the front, then one digit more. `fixed`: so many leading digits must stay.
 */
export function nearNumbers(digits: string, { fixed, longest }: Near): readonly string[] {
  const near: string[] = [];
  for (let at = digits.length - 1; at >= fixed; at--) {
    for (const other of othersThan(digits[at] ?? '0')) near.push(replaced(digits, at, other));
    const before = digits[at - 1];
    if (at - 1 >= fixed && before !== undefined && before !== digits[at])
      near.push(digits.slice(0, at - 1) + digits[at] + before + digits.slice(at + 1));
  }
  if (digits.length < longest) for (let more = 0; more < 10; more++) near.push(`${digits}${more}`);
  return [...new Set(near)].filter((one) => one !== digits);
}

interface Near {
  readonly fixed: number;
  readonly longest: number;
}

/** The neighbours on the keypad of numbers first: 6 → 7, 5, 8, 4 … */
function othersThan(digit: string): readonly string[] {
  const own = Number(digit);
  return Array.from({ length: 10 }, (_, other) => other)
    .filter((other) => other !== own)
    .toSorted((a, b) => Math.abs(a - own) - Math.abs(b - own) || b - a)
    .map(String);
}

const replaced = (digits: string, at: number, by: string): string =>
  digits.slice(0, at) + by + digits.slice(at + 1);
