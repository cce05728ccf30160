import { numbers } from './numbers.js';
import type { Grammar } from './speech.js';

const tens = numbers(2, 9).map((ten) => `n-${ten}0`);
const months = numbers(1, 12).map((month) => `month-${month}`);

/** 0 to 99: ones and teens have a word each, tens come first. */
function number(value: number): readonly string[] {
  if (value < 20) return [`n-${value}`];
  const ones = value % 10;
  return [`n-${value - ones}`, ...(ones === 0 ? [] : [`n-${ones}`])];
}

const counted = (count: number, kind: 'new' | 'saved') => [
  ...number(count),
  count === 1 ? `${kind}-message` : `${kind}-messages`,
];

/** 3:00 "three o'clock", 3:05 "three oh five", 3:45 "three forty-five", always with a.m. or p.m. */
function time(hour: number, minute: number): readonly string[] {
  const minutes = minute === 0 ? ['o-clock'] : [...(minute < 10 ? ['oh'] : []), ...number(minute)];
  return [...number(hour % 12 === 0 ? 12 : hour % 12), ...minutes, hour < 12 ? 'am' : 'pm'];
}

export const english: Grammar = {
  messages: (fresh, saved) => [
    'you-have',
    ...(fresh > 0 ? counted(fresh, 'new') : []),
    ...(fresh > 0 && saved > 0 ? ['and'] : []),
    ...(saved > 0 ? counted(saved, 'saved') : []),
  ],
  heading: (position) => ['message', ...number(position)],
  from: (digits) => (digits === undefined ? ['from-unknown'] : ['from', ...digits]),
  received: ({ month, day, hour, minute }) => [
    'received',
    `month-${month}`,
    ...number(day),
    'at',
    ...time(hour, minute),
  ],
  place: (position, minutes) => [
    'queue-place',
    ...number(position),
    ...(minutes === undefined
      ? []
      : ['queue-wait', ...number(minutes), minutes === 1 ? 'queue-minute' : 'queue-minutes']),
  ],
  parts: [
    ...numbers(0, 19).map((value) => `n-${value}`),
    ...tens,
    ...months,
    ...['you-have', 'and', 'new-message', 'new-messages', 'saved-message', 'saved-messages'],
    ...['message', 'from', 'from-unknown', 'received', 'at', 'o-clock', 'oh', 'am', 'pm'],
    ...['queue-place', 'queue-wait', 'queue-minute', 'queue-minutes'],
  ],
};
