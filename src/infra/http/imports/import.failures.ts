import { failure } from '../../../kernel/result.js';

export const importUnknown = () =>
  failure('import.unknown', 'There is no such import.', { hint: 'GET /v1/imports lists yours' });
export const kindUnknown = (kinds: readonly string[]) =>
  failure('import-kind.unknown', 'Nothing of that kind is read from files, or not by you.', {
    hint: kinds.length === 0 ? 'ask an administrator' : `you may import ${kinds.join(', ')}`,
  });
export const notAllowed = (state: string) =>
  failure('import.not-allowed', `The import is ${state}.`, { hint: 'make a new one: POST /v1/imports' });
export const taken = () =>
  failure('import.conflict', 'The import was cancelled, or the file was sent again meanwhile.', {
    hint: 'GET /v1/imports/:id says what became of it',
  });
export const otherThanDone = () =>
  failure('import-file.mismatch', 'This import is done, with another file than this.', {
    hint: 'make a new one: POST /v1/imports',
  });
