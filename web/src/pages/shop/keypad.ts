/** The letters on a telephone's keys (ITU-T E.161). */
export const KEYPAD = [
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
] as const;

/** What is pressed for a word: `call-me` is `225563`; `?` stays, what is on no key goes. */
export const pressedFor = (text: string): string =>
  [...text.toUpperCase()]
    .map((sign) => KEYPAD.find(([, letters]) => letters.includes(sign))?.[0] ?? sign)
    .join('')
    .replace(/[^\d?]/g, '');

export const hasLetters = (text: string): boolean => /[a-z]/i.test(text);
