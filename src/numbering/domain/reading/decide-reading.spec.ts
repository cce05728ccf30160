import { describe, expect, it } from '@jest/globals';
import {
  ACME,
  caller,
  compiled,
  KIM,
  pin,
  read,
  vns,
  WORLD_CONFIG,
  WORLD_PLAN,
  worldIndex,
} from '../vectors/world.js';
import { candidates } from './candidates.js';
import { decideReading } from './decide-reading.js';
import { lookupKeys, NOTHING_FOUND } from './directory.js';

function told(dialled: string, from: string, index = worldIndex()): readonly string[] {
  return read(dialled, caller(from), WORLD_PLAN, index).verdicts.map(
    ({ step, outcome, code }) => `${step} ${outcome} ${code}`,
  );
}

describe('the account of a reading', () => {
  it('has every step’s answer, in order', () => {
    expect(told('0262006200082', 'KR')).toEqual([
      'input understood input.dialled',
      'emergency no-match emergency.none',
      'feature no-match feature.none',
      'explicit no-match explicit.none',
      'bare read bare.pin',
      'bare not-assigned bare.vns-unassigned',
      'pstn also-valid pstn.spelled',
      'carrier no-match carrier.none',
    ]);
  });

  it('tells the loser when two readings hold', () => {
    expect(told('0262006200082', 'DE')).toEqual(
      expect.arrayContaining(['pstn read pstn.national', 'bare also-valid bare.pin']),
    );
    expect(told('02-6200-6200-082', 'DE')).toEqual(
      expect.arrayContaining(['explicit read explicit.pin', 'pstn also-valid pstn.national']),
    );
    expect(told('62006200#', 'KR:02')).toEqual(
      expect.arrayContaining(['pstn read pstn.local', 'explicit also-valid explicit.vns']),
    );
  });

  it('tells how a telephone was dialled', () => {
    expect(told('0262006200', 'KR')).toContain('pstn read pstn.national');
    expect(told('62006200', 'KR:02')).toContain('pstn read pstn.local');
    expect(told('00182262006200', 'KR')).toContain('pstn read pstn.international');
    expect(told('+82262006200', 'KR')).toContain('pstn read pstn.e164');
    expect(told('1-212-963-1234', 'US')).toContain('pstn read pstn.national');
    // Without the trunk 0, and with the calling code but no +: nobody's network connects these; read last.
    expect(told('262006200', 'KR')).toContain('pstn read pstn.short');
    expect(told('82262006200', 'KR')).toContain('pstn read pstn.short');
  });

  it('stops at what is certain', () => {
    expect(told('119', 'KR')).toEqual([
      'input understood input.dialled',
      'emergency read emergency.code',
      'feature not-tried feature.not-tried',
      'explicit not-tried explicit.not-tried',
      'bare not-tried bare.not-tried',
      'pstn not-tried pstn.not-tried',
      'carrier not-tried carrier.not-tried',
    ]);
    expect(told('*97', 'KR').slice(1, 3)).toEqual([
      'emergency no-match emergency.none',
      'feature read feature.code',
    ]);
  });

  it('says why nothing was read', () => {
    expect(told('abc', 'KR')).toEqual(['input refused input.letters']);
    expect(told('6200-6200#033', 'KR')).toContain('explicit refused explicit.vns-no-branch');
    expect(told('+881612345678', 'KR')).toContain('pstn refused pstn.barred');
    expect(told('12345', 'KR')).toContain('pstn no-match pstn.invalid');
  });

  it('is in words that a person understands', () => {
    const { verdicts } = read('0262006200', caller('KR'));
    expect(verdicts.find(({ step }) => step === 'pstn')?.text).toBe(
      '+82262006200 (fixed_line, KR), national form in KR: the shadow of 0262006200082',
    );
  });
});

describe('one batch of look-ups', () => {
  const keys = (dialled: string, from: string) => lookupKeys(candidates(dialled, caller(from), WORLD_PLAN));

  it('has every key that the decision could need, each once', () => {
    expect(keys('0262006200*082', 'KR')).toEqual({
      assignmentKeys: ['0262006200#', '0262006200082'],
      e164s: ['+82262006200'],
      domains: [],
      emails: [],
    });
    expect(keys('02-6200-6200-082', 'KR').assignmentKeys).toEqual(['0262006200082', '0262006200#']);
    expect(keys('0591123456', 'KR').assignmentKeys).toContain('0591123456082');
    expect(keys('alice@a-b.example', 'KR').emails).toEqual(['alice@a-b.example']);
    expect(keys('sip:example.com', 'KR').domains).toEqual(['example.com']);
    expect(keys('119', 'KR')).toEqual({ assignmentKeys: [], e164s: [], domains: [], emails: [] });
  });

  it('decides the same whatever else was found', () => {
    const found = candidates('+81354671212', caller('KR'), WORLD_PLAN);
    const more = {
      ...NOTHING_FOUND,
      assignments: new Map([[KIM.key, KIM]]),
      shadows: new Map([['+82262006200', KIM]]),
    };
    expect(decideReading(found, more)).toEqual(decideReading(found, NOTHING_FOUND));
  });
});

describe('the order of readings', () => {
  it('has companies before persons in explicit forms', () => {
    const index = worldIndex();
    index.put(vns('0262006200', 'KR', ['KR']));
    expect(read('0262006200*082', caller('KR'), WORLD_PLAN, index).reading.kind).toBe('vns');
    expect(read('02-6200-6200-082', caller('KR'), WORLD_PLAN, index).reading.kind).toBe('pin');
  });

  it('takes only identification numbers of the caller’s country without their ccc', () => {
    const index = worldIndex();
    index.put(pin('0591777777082', 'KR', []));
    index.put({ ...pin('0591888888082', 'JP', []), identification: true });
    for (const dialled of ['0591777777', '0591888888']) {
      expect(read(dialled, caller('KR'), WORLD_PLAN, index).reading.kind).toBe('unallocated');
      expect(read(`${dialled}082`, caller('KR'), WORLD_PLAN, index).reading.kind).toBe('pin');
    }
  });

  it('completes local numbers to geographic numbers of the caller’s country only', () => {
    for (const [country, area, dialled] of [
      ['KR', '080', '1234567'],
      ['JP', '01', '0442079460123'],
    ] as const) {
      expect(read(dialled, { country, area, deviceCountry: country }).reading.kind).toBe('unallocated');
    }
  });

  it('rings nobody by a shadow that is not verified', () => {
    const index = worldIndex();
    index.put({
      ...pin('0221001234082', 'KR', []),
      shadows: [{ country: 'KR', e164: '+82221001234', verified: false }],
    });
    const { reading } = read('0221001234', caller('KR'), WORLD_PLAN, index);
    expect(reading).toEqual({ kind: 'pstn', e164: '+82221001234', region: 'KR', type: 'fixed_line' });
  });

  it('calls no address of others where the operator does not allow it', () => {
    const closed = compiled({ ...WORLD_CONFIG, foreignSip: false });
    const { reading } = read('sip:bob@pbx.example', caller('KR'), closed);
    expect(reading).toMatchObject({ kind: 'unallocated', reason: 'foreign-sip-off', sip: 404, q850: 1 });
    expect(read('example.com', caller('KR'), closed).reading.kind).toBe('domain');
  });

  it('rings the number of a domain’s owner at the branch near the caller, and knows owners without one', () => {
    expect(read('example.com', caller('US')).reading).toMatchObject({
      kind: 'domain',
      branch: { region: 'US' },
      owner: { holderId: ACME.holderId },
    });
    const index = worldIndex();
    index.putDomain('person.example', { holderId: KIM.holderId, verified: true });
    expect(read('person.example', caller('US'), WORLD_PLAN, index).reading).toEqual({
      kind: 'domain',
      domain: 'person.example',
      owner: { holderId: KIM.holderId, verified: true },
    });
  });

  it('opens a company’s feature codes to its own callers', () => {
    const from = { ...caller('KR'), companyId: 'acme' };
    expect(read('*5', from).reading).toMatchObject({ kind: 'feature', feature: 'company-paging' });
  });

  it('has the operator’s short codes beside the built-in ones', () => {
    const plan = compiled({
      ...WORLD_CONFIG,
      shortCodes: [{ country: 'KR', dialled: '114', number: '114', service: 'public-service' }],
    });
    expect(read('114', caller('KR'), plan).reading).toMatchObject({
      kind: 'emergency',
      number: '114',
      country: 'KR',
    });
    expect(read('114', caller('KR@US'), plan).reading.kind).toBe('unallocated');
  });

  it('answers unallocated numbers with 404 and Q.850 cause 1, unreadable ones with 484 and 28', () => {
    expect(read('1234', caller('KR')).reading).toMatchObject({ kind: 'unallocated', sip: 404, q850: 1 });
    expect(read('abc', caller('KR')).reading).toMatchObject({ kind: 'refused', sip: 484, q850: 28 });
  });
});
