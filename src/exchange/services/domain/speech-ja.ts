import { numbers, tensAndOnes } from './numbers.js';
import type { Grammar } from './speech.js';

/** Days with names of their own: ついたち to とおか, じゅうよっか, はつか, にじゅうよっか. */
const NAMED_DAYS = [...numbers(1, 10), 14, 20, 24];

/** The counter's sound changes with the last digit (いっけん, さんけん, ろっけん), so ones and counter are one part. */
function counted(value: number, counter: 'items' | 'minute'): readonly string[] {
  const ones = value % 10;
  const tens = Math.floor(value / 10);
  const many = tens > 1 ? [`n-${tens}`] : [];
  if (ones === 0) return [...many, `${counter}-10`];
  return [...many, ...(tens > 0 ? ['n-10'] : []), `${counter}-${ones}`];
}

const day = (value: number): readonly string[] =>
  NAMED_DAYS.includes(value) ? [`day-${value}`] : [...tensAndOnes(value), 'day'];

export const japanese: Grammar = {
  messages: (fresh, saved) => [
    ...(fresh > 0 ? ['new-messages', ...counted(fresh, 'items')] : []),
    ...(saved > 0 ? ['saved-messages', ...counted(saved, 'items')] : []),
    'there-are',
  ],
  heading: (position) => [...tensAndOnes(position), 'message'],
  from: (digits) => (digits === undefined ? ['from-unknown'] : [...digits, 'from']),
  // ごぜん and ごご count from 0: noon is ごご れいじ.
  received: ({ month, day: ofMonth, hour, minute }) => [
    `month-${month}`,
    ...day(ofMonth),
    hour < 12 ? 'am' : 'pm',
    `hour-${hour % 12}`,
    ...(minute === 0 ? [] : counted(minute, 'minute')),
    'received',
  ],
  place: (position, minutes) => [
    'queue-place',
    ...tensAndOnes(position),
    'queue-place-end',
    ...(minutes === undefined ? [] : ['queue-wait', ...counted(minutes, 'minute'), 'queue-wait-end']),
  ],
  parts: [
    ...numbers(1, 10).map((value) => `n-${value}`),
    ...numbers(1, 10).map((value) => `items-${value}`),
    ...numbers(1, 10).map((value) => `minute-${value}`),
    ...numbers(1, 12).map((value) => `month-${value}`),
    ...numbers(0, 11).map((value) => `hour-${value}`),
    ...NAMED_DAYS.map((value) => `day-${value}`),
    ...['new-messages', 'saved-messages', 'there-are', 'message', 'from', 'from-unknown'],
    ...['day', 'am', 'pm', 'received'],
    ...['queue-place', 'queue-place-end', 'queue-wait', 'queue-wait-end'],
  ],
};
