import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { candidates } from '../reading/candidates.js';
import { decideReading } from '../reading/decide-reading.js';
import { NOTHING_FOUND } from '../reading/directory.js';
import { EVERYTHING_SOLD } from '../vectors/everything-sold.js';
import { caller, WORLD_PLAN } from '../vectors/world.js';
import { readInput } from './input.js';

const SEOUL = caller('KR:02');

describe('reading any text whatever', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 500 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.string({ unit: fc.constantFrom(...'0123456789+*#-. ()/%@:;?abx'), maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'０９＃＊＠。ーａ٣\u202a\u0000\ud800%'), maxLength: 60 }),
  );

  it('ends in a decision with a reason for every step, whoever dials, whatever is sold', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const found = candidates(text, SEOUL, WORLD_PLAN);
        for (const directory of [NOTHING_FOUND, EVERYTHING_SOLD]) {
          const { reading, verdicts } = decideReading(found, directory);
          expect(verdicts.length).toBeGreaterThan(0);
          expect(verdicts.filter(({ code, text: told }) => code === '' || told === '')).toEqual([]);
          const deciding = verdicts.filter(({ outcome }) => outcome === 'read' || outcome === 'refused');
          if (reading.kind === 'unallocated' && deciding.length === 0) continue;
          if (reading.kind === 'refused' && found.list.length === 0) continue;
          expect(deciding).toHaveLength(1);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('asks the directory for little, however long the text', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(candidates(text, SEOUL, WORLD_PLAN).list.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('takes no longer for texts made to make expressions backtrack, or for a megabyte', () => {
    const nasty = [
      `${' '.repeat(399)}x`,
      `${'-'.repeat(399)}x`,
      `${'\u200b'.repeat(200)}1${'\u200b'.repeat(198)}x`,
      `${'a.'.repeat(199)}@`,
      `${'a-'.repeat(199)}.`,
      `${'1-'.repeat(199)}a`,
      `sip:${';'.repeat(390)}`,
      `${'%41'.repeat(133)}@`,
      `urn:service:sos${'.a'.repeat(190)}!`,
      `tel:1${';phone-context=+'.repeat(20)}`,
      '9'.repeat(1_000_000),
      '１'.repeat(1_000_000),
      `+${'0'.repeat(1_000_000)}`,
    ];
    const start = performance.now();
    for (let i = 0; i < 20; i++) for (const text of nasty) candidates(text, SEOUL, WORLD_PLAN);
    // Some milliseconds when linear; minutes when one of them is not.
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe('cleaning what was dialled', () => {
  it.each([
    ['02-6200-6200', '0262006200'],
    [' 02 6200 6200\n', '0262006200'],
    ['(02) 6200.6200', '0262006200'],
    ['+82 2 6200 6200', '+82262006200'],
    ['(+82) 2-6200-6200', '+82262006200'],
    ['+82(0)262006200', '+820262006200'],
    ['０２－６２００', '026200'],
    ['٠٢٦٢', '0262'],
    ['۰۲۶۲', '0262'],
    ['०२६२', '0262'],
    ['02\u00a06200\u20096200', '0262006200'],
    ['02‑6200‑6200', '0262006200'],
    ['02−6200−6200', '0262006200'],
    ['%2B82%202%206200%206200', '+82262006200'],
    ['62006200%23082', '62006200#082'],
    ['62006200%2a082', '62006200*082'],
    ['tel:+82-2-6200-6200', '+82262006200'],
    ['TEL:+82-2-6200-6200;isub=1', '+82262006200'],
    ['tel:6200-6200;phone-context=+822', '+82262006200'],
    ['tel:911;phone-context=+1', '911'],
  ])('%j is %s', (text, dial) => {
    expect(readInput(text)).toMatchObject({ kind: 'dial', dial });
  });

  it.each([
    ['02-6200-6200-082', true],
    ['02-6200-6200-082#', true],
    ['０２－６２００－６２００－０８２', true],
    ['026200-6200-082', true],
    ['02-6200-6200 082', false],
    ['02-6200-6200', false],
    ['+82-2-6200-082', false],
    ['-082', false],
    ['0262006200082', false],
  ])('remembers whether %j ends in a group -CCC: %s', (text, dashed) => {
    expect(readInput(text)).toMatchObject({ kind: 'dial', dashed });
  });

  it('reads emergency services by name', () => {
    expect(readInput('urn:service:sos')).toEqual({ kind: 'sos', service: '' });
    expect(readInput('URN:service:SOS.fire')).toEqual({ kind: 'sos', service: 'fire' });
  });
});
