import type { AddressOwner, Assignment } from '../numbering/index.js';
import type { Member } from './domain/member.js';

/** What the directory keeps. */
export type Known = Assignment | Member | AddressOwner;

/** Of which rows something was made, as the tables' triggers name them on the channel `directory`. */
export const rowsOfNumber = ({ key, shadows }: Pick<Assignment, 'key' | 'shadows'>): readonly string[] => [
  `number_assignment:${key}`,
  ...shadows.map(({ e164 }) => `number_shadow:${e164}`),
];

/** His other rows (find_me, call_setting, contact_number, carrier_number) tell his own id: they drop `member:<id>`. */
export const rowsOfMember = (member: Member): readonly string[] => [
  `member:${member.id}`,
  ...member.devices.map((username) => `device:${username}`),
  ...member.numbers.flatMap(({ key, shadows }) => rowsOfNumber({ key: assignmentKeyOf(key), shadows })),
];

export const rowsOfOwner = (row: string, { holderId, assignment }: AddressOwner): readonly string[] => [
  row,
  `member:${holderId}`,
  ...(assignment === undefined ? [] : rowsOfNumber(assignment)),
];

/** A company's number is one for the whole world: `62006200#082` → `62006200#`. */
const assignmentKeyOf = (key: string): string => key.replace(/#.*$/s, '#');
