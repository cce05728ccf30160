import { describe, expect, it } from '@jest/globals';
import { ADDRESSES } from '../vectors/addresses.js';
import { EMERGENCIES } from '../vectors/emergencies.js';
import { HOSTILE } from '../vectors/hostile.js';
import { OWN_NUMBERS } from '../vectors/own-numbers.js';
import { TELEPHONES_EUROPE } from '../vectors/telephones-europe.js';
import { TELEPHONES_WORLD } from '../vectors/telephones-world.js';
import { summary, type Vector } from '../vectors/vector.js';
import { caller, read, WORLD_PLAN, worldIndex } from '../vectors/world.js';

const index = worldIndex();

describe.each<[string, readonly Vector[]]>([
  ['numbers of ours', OWN_NUMBERS],
  ['addresses, codes and other carriers', ADDRESSES],
  ['emergencies', EMERGENCIES],
  ['telephones in Europe', TELEPHONES_EUROPE],
  ['telephones elsewhere', TELEPHONES_WORLD],
  ['what cannot be read', HOSTILE],
])('what is dialled means: %s', (_, vectors) => {
  it.each(vectors.map((v) => [named(v), v] as const))('%s', (_name, [dialled, from, expected]) => {
    expect(summary(read(dialled, caller(from), WORLD_PLAN, index).reading)).toBe(expected);
  });
});

/** Printable and short, whatever was dialled. */
function named([dialled, from, expected]: Vector): string {
  return `${JSON.stringify(dialled).slice(0, 60)} from ${from}: ${expected}`;
}
