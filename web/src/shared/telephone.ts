/** What people write between the digits of a telephone number goes: `+82 2-6200 (6200)` is `+82262006200`. */
export const e164Of = (text: string): string => text.replace(/[\s().\-/]/g, '').replace(/^00/, '+');

export const isE164 = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(e164Of(text));
