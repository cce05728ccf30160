import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RouteFacts } from './facts.js';
import { networkOf } from './network.js';
import { calleeWith, factsOf, fromSeoul, kim, lee, newYork, routeOf, seoul } from './route.fixture.js';
import { decideRoute } from './route.js';
import type { Connect, RingAttempt } from './verdict.js';

function connect(
  facts: RouteFacts,
): Omit<Connect, 'attempts'> & { readonly attempts: readonly RingAttempt[] } {
  const { verdict } = decideRoute(facts);
  if (verdict.kind !== 'connect') throw new Error(`expected connect, got ${JSON.stringify(verdict)}`);
  return { ...verdict, attempts: verdict.attempts.filter((attempt) => attempt.kind === 'ring') };
}
const legsOf = (facts: RouteFacts) => connect(facts).attempts.flatMap((attempt) => attempt.legs);

describe('decideRoute', () => {
  it.each(['02-6200-6200-082', '0262006200082', '0262006200*082'])(
    'rings the devices of the member who has the PIN %s, showing the caller as members know him',
    (dialled) => {
      expect(legsOf(factsOf(dialled))).toEqual([
        {
          kind: 'device',
          target: 'lab-b',
          endpoint: 'PJSIP/lab-b',
          called: '0262006200082',
          calling: { number: '0262006100082', name: 'Kim Ara', withheld: false },
          member: 'lee',
        },
      ]);
    },
  );

  it('rings all devices of a member at once', () => {
    const facts = factsOf('0262006200082', { callee: { ...lee, devices: ['lab-b', 'lab-b2'] } });
    expect(connect(facts).attempts.map(({ legs }) => legs.map((leg) => leg.target))).toEqual([
      ['lab-b', 'lab-b2'],
    ]);
  });

  it("does not ring the phone that calls its own owner's number", () => {
    expect(legsOf(factsOf('0262006100082')).map((leg) => leg.target)).toEqual(['lab-a2']);
  });

  it('rings the member when a PSTN number is his verified shadow', () => {
    expect(legsOf(factsOf('0262006200')).map((leg) => leg.endpoint)).toEqual(['PJSIP/lab-b']);
  });

  it('sends a PSTN number to the gateway with called and calling number in its form', () => {
    expect(legsOf(factsOf('0262001234'))[0]).toEqual({
      kind: 'trunk',
      target: 'gw-kr',
      endpoint: 'PJSIP/0262001234@gw-kr',
      called: '0262001234',
      calling: { number: '0262006100', withheld: false },
      e164: '+82262001234',
      route: '82 by gw-kr',
    });
  });

  it("builds the second attempt anew in the second network's form", () => {
    expect(legsOf(factsOf('0262001234')).map(({ endpoint, calling }) => [endpoint, calling.number])).toEqual([
      ['PJSIP/0262001234@gw-kr', '0262006100'],
      ['PJSIP/+82262001234@gw-us', '+82262006100'],
    ]);
  });

  it("sends an emergency call to the gateway of the device's country with its location number", () => {
    const verdict = connect(factsOf('119', { caller: undefined }));
    expect(verdict.emergency).toBe(true);
    // First by the endpoint that Asterisk knows without the database, then by the trunk's row.
    const calling = { number: '0262006100', withheld: false };
    expect(verdict.attempts.flatMap((attempt) => attempt.legs)).toEqual([
      expect.objectContaining({ endpoint: 'PJSIP/119@emergency-KR', calling }),
      expect.objectContaining({ endpoint: 'PJSIP/119@gw-kr', calling }),
    ]);
  });

  it('lets an emergency call go by a gateway that has no route at all', () => {
    const facts = factsOf('119', { network: networkOf({ trunks: [seoul] }) });
    expect(connect(facts).attempts[0]?.legs).toHaveLength(1);
  });

  it("shows a calling network's number to the member as it came, and nothing for what is no number", () => {
    const from = (presented: string) =>
      legsOf(factsOf('0262006200', { origin: fromSeoul, presented }))[0]?.calling;
    expect(from('01012345678')).toEqual({ number: '01012345678', withheld: false });
    expect(from('anonymous"\r\nX: y')).toEqual({ withheld: true });
  });

  it.each(['0262001234', '+12125550100', '119', '01012345678', 'sip:a@b.example'])(
    'never lets a call from a trunk out again: %s',
    (dialled) => {
      expect(decideRoute(factsOf(dialled, { origin: fromSeoul })).verdict).toMatchObject({
        kind: 'refuse',
        q850: 1,
      });
    },
  );

  it('keeps the wall whatever a trunk dials', () => {
    const dialled = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[+*#0-9]{0,20}$/));
    fc.assert(
      fc.property(dialled, (text) => {
        const { verdict } = decideRoute(factsOf(text, { origin: fromSeoul }));
        const attempts = verdict.kind === 'connect' ? verdict.attempts : [];
        const legs = attempts.flatMap((attempt) => (attempt.kind === 'ring' ? attempt.legs : []));
        expect(legs.filter((leg) => leg.kind === 'trunk')).toEqual([]);
      }),
    );
  });

  it('refuses what nobody has with cause 1 and says why, step by step', () => {
    const { verdict, account } = decideRoute(factsOf('55501234#082'));
    expect(verdict).toEqual({ kind: 'refuse', reason: 'unallocated-number', q850: 1, language: 'ko' });
    expect(account.steps.length).toBeGreaterThan(0);
  });

  it('refuses what is no number with cause 28', () => {
    expect(decideRoute(factsOf("'; drop")).verdict).toEqual({
      kind: 'refuse',
      reason: 'invalid-number',
      q850: 28,
      language: 'ko',
    });
  });

  it('refuses barred ranges', () => {
    expect(decideRoute(factsOf('+881612345678')).verdict).toMatchObject({ reason: 'barred', q850: 21 });
  });

  it('tells a member without devices (20), a suspended one (1), and no route (3) apart', () => {
    const told = (facts: RouteFacts) => decideRoute(facts).verdict;
    const nowhere = calleeWith(lee, { voicemail: false }, { devices: [] });
    expect(told(factsOf('0262006200082', { callee: nowhere }))).toMatchObject({ q850: 20 });
    expect(told(factsOf('0262006200082', { callee: { ...lee, active: false } }))).toMatchObject({ q850: 1 });
    expect(told(factsOf('0262001234', { network: networkOf({}) }))).toMatchObject({ q850: 3 });
  });

  it('rings nobody at a number whose fee is not paid, by whatever it is dialled, and says so', () => {
    for (const dialled of ['0262006200082', '+82262006200', '62006200#082']) {
      const facts = factsOf(dialled);
      const { reading } = facts;
      const found =
        'assignment' in reading ? reading.assignment : 'holder' in reading ? reading.holder : undefined;
      const unpaid = { ...found, suspended: true };
      const suspended = {
        ...reading,
        ...('holder' in reading ? { holder: unpaid } : { assignment: unpaid }),
      };
      expect(found).toBeDefined();
      expect(decideRoute(facts).verdict.kind).toBe('connect');
      expect(decideRoute({ ...facts, reading: suspended as RouteFacts['reading'] }).verdict).toMatchObject({
        kind: 'refuse',
        reason: 'number-suspended',
        q850: 27,
      });
    }
  });

  it('lets whoever has no paid number call for help and hear his messages, and nobody else', () => {
    const caller = { ...kim, suspended: true };
    const told = (dialled: string) => decideRoute(factsOf(dialled, { caller })).verdict;
    expect(told('0262006200082')).toMatchObject({ kind: 'refuse', reason: 'suspended', q850: 21 });
    expect(told('+12125550100')).toMatchObject({ kind: 'refuse', reason: 'suspended' });
    expect(told('112').kind).toBe('connect');
    expect(told('*97').kind).toBe('connect');
  });

  it('is "could not", not "no", while the directory is away', () => {
    expect(decideRoute(factsOf('0262001234', { caller: undefined })).verdict.kind).toBe('unavailable');
    expect(decideRoute(factsOf('0262006200082', { callee: undefined })).verdict.kind).toBe('unavailable');
  });

  it("falls back on the trunk's own number for a caller without a shadow", () => {
    const bare = { ...kim, numbers: [{ key: '0262006100082', region: 'KR', shadows: [] }] };
    const trunks = networkOf({ routes: [routeOf('', { ...newYork, defaultCli: '+12128675000' })] });
    expect(legsOf(factsOf('0262001234', { caller: bare, network: trunks }))[0]?.calling.number).toBe(
      '+12128675000',
    );
  });

  it('tells cost and converted numbers of each candidate', () => {
    expect(decideRoute(factsOf('0262001234')).account.candidates).toEqual([
      {
        kind: 'trunk',
        target: 'gw-kr',
        called: '0262001234',
        calling: '0262006100',
        costMicro: '12000',
        currency: 'USD',
        verdict: 'attempt 1',
      },
      {
        kind: 'trunk',
        target: 'gw-us',
        called: '+82262001234',
        calling: '+82262006100',
        costMicro: '90000',
        currency: 'USD',
        verdict: 'attempt 2',
      },
    ]);
  });
});
