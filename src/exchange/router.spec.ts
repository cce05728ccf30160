import { describe, expect, it } from '@jest/globals';
import {
  type Assignment,
  compilePlan,
  DEFAULT_PLAN,
  NOTHING_FOUND,
  type UriReading,
} from '../numbering/index.js';
import type { LookedUp, Question } from './directory.cache.js';
import { NO_LOAD } from './domain/load.js';
import type { Member } from './domain/member.js';
import { calleeWith, fromSeoul, kim, lee, memberOf, network, phoneOfKim } from './domain/route.fixture.js';
import { type Asked, Router, type RouterWorld } from './router.js';

const compiled = compilePlan({
  ...DEFAULT_PLAN,
  featureCodes: [
    { code: '*31', feature: 'hide-number', argument: 'required' },
    { code: '#31', feature: 'show-number', argument: 'required' },
  ],
});
if (!compiled.ok) throw new Error('the plan of this spec does not compile');
const plan = compiled.value;

interface House {
  readonly members: readonly Member[];
  readonly cached?: boolean;
  readonly away?: boolean;
}

/** A router whose directory knows these members by their numbers; `asked` is what the database was asked. */
function house({ members, cached = true, away = false }: House) {
  const asked: Question[] = [];
  const numbers = members.map((member): Assignment => {
    const [number] = member.numbers;
    return {
      kind: 'pin',
      id: member.id,
      key: number?.key ?? '',
      ccc: '082',
      region: 'KR',
      identification: false,
      holderId: member.id,
      shadows: number?.shadows ?? [],
    };
  });
  const answer = ({ keys, memberIds }: Question): LookedUp => {
    const found = numbers.filter(({ key }) => keys.assignmentKeys.includes(key));
    const wanted = [...memberIds, ...found.map(({ holderId }) => holderId)];
    return {
      found: { ...NOTHING_FOUND, assignments: new Map(found.map((one) => [one.key, one])) },
      members: new Map(members.filter(({ id }) => wanted.includes(id)).map((one) => [one.id, one])),
    };
  };
  const resolved: UriReading[] = [];
  const world: RouterWorld = {
    directory: {
      network,
      plan,
      policy: { memberLimits: { calls: null, callsPerSecond: null }, privateSip: false },
      known: (question) => (cached ? answer(question) : undefined),
      lookUp: (question) => {
        asked.push(question);
        return Promise.resolve(answer(question));
      },
    },
    load: NO_LOAD,
    trunkHealth: () => 'closed',
    log: { warn: () => undefined },
    databaseAway: () => away,
    resolve: (reading) => {
      resolved.push(reading);
      return Promise.resolve({ kind: 'found', address: '8.8.8.8', port: 5070, transport: 'tcp' });
    },
    sipDomain: 'sip.example',
    now: () => 0,
  };
  return { router: new Router(world), asked, resolved };
}

const call = (dialled: string, more: Partial<Asked> = {}): Asked => ({
  id: '00000000-0000-7000-8000-000000000000',
  dialled,
  origin: phoneOfKim,
  caller: { number: '' },
  ...more,
});
const LEE = '0262006200082';

describe('the router', () => {
  it('decides at once when all is in memory, and with one question when not', async () => {
    const warm = house({ members: [kim, lee] });
    expect(warm.router.decide(call(LEE))).toMatchObject({ verdict: { kind: 'connect' } });
    const cold = house({ members: [kim, lee], cached: false });
    expect(await cold.router.decide(call(LEE))).toMatchObject({ verdict: { kind: 'connect' } });
    expect(cold.asked).toHaveLength(1);
    expect(cold.asked[0]).toMatchObject({ memberIds: ['kim'], country: 'KR' });
  });

  it('does not wait for a database that is away: refused at once', () => {
    const { router, asked } = house({ members: [kim, lee], cached: false, away: true });
    expect(router.decide(call(LEE))).toMatchObject({
      verdict: { kind: 'unavailable', reason: 'directory-away', q850: 34 },
    });
    expect(asked).toEqual([]);
  });

  it('asks nothing for a call for help, whatever is away', () => {
    const { router, asked } = house({ members: [], cached: false, away: true });
    expect(router.decide(call('119'))).toMatchObject({ verdict: { kind: 'connect', emergency: true } });
    expect(asked).toEqual([]);
  });

  it('reads a forwarding as the member himself would dial it', async () => {
    const inUs = memberOf('lee', 'Lee', {
      ...lee,
      country: 'US',
      area: '212',
      settings: { ...lee.settings, forwardAlways: '8675309' },
    });
    const { router } = house({ members: [kim, inUs] });
    const { verdict } = await router.decide(call(LEE));
    expect(verdict.kind === 'connect' && verdict.attempts[0]).toMatchObject({
      legs: [{ e164: '+12128675309', payer: 'lee' }],
    });
  });

  it('follows members who forward to each other, and comes to an end', async () => {
    const round = [0, 1, 2, 3, 4, 5, 6, 7].map((at) =>
      calleeWith(
        memberOf(`m${at}`, `M${at}`, {
          devices: [`m${at}`],
          numbers: [{ key: `02620061${at}0082`, region: 'KR', shadows: [] }],
        }),
        {
          voicemail: false,
          forwardAlways: `02620061${(at + 1) % 8}0*082`,
          forwardBusy: `02620061${(at + 2) % 8}0*082`,
          forwardNoAnswer: `02620061${(at + 3) % 8}0*082`,
        },
      ),
    );
    const { router, asked } = house({ members: [kim, ...round], cached: false });
    const { verdict } = await router.decide(call('0262006100*082'));
    expect(verdict.kind).toBe('connect');
    expect(asked.length).toBeLessThanOrEqual(13);
    expect(verdict.kind === 'connect' && verdict.attempts.length).toBeLessThanOrEqual(24);
  });

  it.each([
    ['*310262001234', false, true],
    ['0262001234', true, true],
    ['#310262001234', true, false],
    ['0262001234', false, false],
  ])('%s, hiding always: %s: withheld %s', async (dialled, hideNumber, withheld) => {
    const { router } = house({ members: [calleeWith(kim, { hideNumber })] });
    const decision = await router.decide(call(dialled));
    expect(decision).toMatchObject({
      verdict: { attempts: [{ legs: [{ e164: '+82262001234', calling: { withheld } }] }, expect.anything()] },
    });
    expect(decision.account.reading).toBe('pstn');
  });

  it('finds the service of a SIP address before it decides, and calls just that address', async () => {
    const { router, resolved } = house({ members: [kim] });
    expect(await router.decide(call('sip:Bob@pbx.example'))).toMatchObject({
      verdict: {
        attempts: [
          {
            legs: [
              {
                target: 'foreign-sip',
                endpoint: 'PJSIP/foreign-sip/sip:Bob@pbx.example:5070;transport=tcp;maddr=8.8.8.8',
              },
            ],
          },
        ],
      },
    });
    expect(resolved).toHaveLength(1);
  });

  it('never looks for a stranger’s SIP address', async () => {
    const { router, resolved } = house({ members: [kim] });
    expect(await router.decide(call('sip:bob@pbx.example', { origin: fromSeoul }))).toMatchObject({
      verdict: { kind: 'refuse', reason: 'not-allowed' },
    });
    expect(resolved).toEqual([]);
  });
});
