/** Whole numbers from `first` to `last`, both included. */
export const numbers = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** 1 to 99 as East Asian languages say it: 23 is "two ten three", 10 is "ten". */
export function tensAndOnes(value: number): readonly string[] {
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  return [
    ...(tens > 1 ? [`n-${tens}`] : []),
    ...(tens > 0 ? ['n-10'] : []),
    ...(ones > 0 ? [`n-${ones}`] : []),
  ];
}
