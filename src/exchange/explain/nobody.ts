import type { LookedUp, Question } from '../directory.cache.js';
import type { Directory } from '../directory.js';
import { DEFAULT_CALL_SETTINGS, type Member } from '../domain/member.js';
import type { RouterWorld } from '../router.js';

/** Stands for somebody of whom only the country is known. */
export const NOBODY_ID = '00000000-0000-0000-0000-000000000000';

const NOBODY: Member = {
  id: NOBODY_ID,
  name: '',
  active: true,
  language: 'en',
  country: '',
  area: null,
  devices: [],
  numbers: [],
  contacts: [],
  carrierNumbers: [],
  findMe: [],
  settings: DEFAULT_CALL_SETTINGS,
};

/** The directory, which knows nobody too. */
export function withNobody(directory: Directory): RouterWorld['directory'] {
  const others = (question: Question): Question => ({
    ...question,
    memberIds: question.memberIds.filter((id) => id !== NOBODY_ID),
  });
  const andNobody = ({ found, members }: LookedUp): LookedUp => ({
    found,
    members: new Map([...members, [NOBODY_ID, NOBODY]]),
  });
  return {
    get network() {
      return directory.network;
    },
    get plan() {
      return directory.plan;
    },
    get policy() {
      return directory.policy;
    },
    known: (question) => {
      const known = directory.known(others(question));
      return known && andNobody(known);
    },
    lookUp: async (question) => andNobody(await directory.lookUp(others(question))),
  };
}
