import { numbers, tensAndOnes } from './numbers.js';
import type { Grammar } from './speech.js';

/** Counting things takes the native numbers (한, 두, 세 …) up to ten, and the Sino-Korean ones beyond. */
const counted = (count: number): readonly string[] => (count <= 10 ? [`count-${count}`] : tensAndOnes(count));

/** Hours are native (세 시), minutes Sino-Korean (오 분). */
const time = (hour: number, minute: number): readonly string[] => [
  hour < 12 ? 'am' : 'pm',
  `hour-${hour % 12 === 0 ? 12 : hour % 12}`,
  ...(minute === 0 ? [] : [...tensAndOnes(minute), 'minute']),
];

export const korean: Grammar = {
  messages: (fresh, saved) => [
    ...(fresh > 0 ? ['new-messages', ...counted(fresh), 'pieces'] : []),
    ...(saved > 0 ? ['saved-messages', ...counted(saved), 'pieces'] : []),
    'there-are',
  ],
  heading: (position) => [...tensAndOnes(position), 'message'],
  from: (digits) => (digits === undefined ? ['from-unknown'] : [...digits, 'from']),
  // Months have names of their own: 유월 and 시월 drop a consonant.
  received: ({ month, day, hour, minute }) => [
    `month-${month}`,
    ...tensAndOnes(day),
    'day',
    ...time(hour, minute),
    'received',
  ],
  place: (position, minutes) => [
    'queue-place',
    ...tensAndOnes(position),
    'queue-place-end',
    ...(minutes === undefined ? [] : ['queue-wait', ...tensAndOnes(minutes), 'queue-wait-end']),
  ],
  parts: [
    ...numbers(1, 10).map((value) => `n-${value}`),
    ...numbers(1, 10).map((value) => `count-${value}`),
    ...numbers(1, 12).map((value) => `month-${value}`),
    ...numbers(1, 12).map((value) => `hour-${value}`),
    ...['new-messages', 'saved-messages', 'pieces', 'there-are', 'message', 'from', 'from-unknown'],
    ...['day', 'minute', 'am', 'pm', 'received'],
    ...['queue-place', 'queue-place-end', 'queue-wait', 'queue-wait-end'],
  ],
};
