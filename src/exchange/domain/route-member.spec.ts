import { describe, expect, it } from '@jest/globals';
import type { Outcome } from './causes.js';
import type { Callee, FindMeStep, RouteFacts } from './facts.js';
import {
  acmeNewYork,
  acmeSeoul,
  calleeWith,
  destinationOf,
  factsOf,
  fromSeoul,
  ito,
  kim,
  lee,
  phoneOfKim,
} from './route.fixture.js';
import { decideRoute } from './route.js';
import type { AttemptPlan, Connect } from './verdict.js';

const LEE = '0262006200082';

function connect(facts: RouteFacts): Connect {
  const { verdict } = decideRoute(facts);
  if (verdict.kind !== 'connect') throw new Error(`expected connect, got ${JSON.stringify(verdict)}`);
  return verdict;
}
const calling = (callee: Callee, more: Partial<RouteFacts> = {}) => factsOf(LEE, { callee, ...more });

/** What an attempt is, in a word: its legs' endpoints, or the service. */
const word = (attempt: AttemptPlan | undefined): string => {
  if (attempt === undefined) return 'told';
  if (attempt.kind === 'ring') return attempt.legs.map(({ endpoint }) => endpoint.slice(6)).join('+');
  const { service } = attempt;
  return service.name === 'voicemail' ? `voicemail of ${service.mailbox} (${service.reason})` : service.name;
};

/** Where the call is after these outcomes, one for each attempt on its way. */
function following(verdict: Connect, ...outcomes: Outcome[]): string {
  let at = 1;
  for (const outcome of outcomes) {
    const attempt = verdict.attempts[at - 1];
    const next = attempt?.kind === 'ring' ? attempt.after[outcome] : undefined;
    if (next === undefined) return 'told';
    expect(next).toBeGreaterThan(at);
    at = next;
  }
  return word(verdict.attempts[at - 1]);
}

const step = (kind: FindMeStep['kind'], target: string | null = null, withPrevious = false): FindMeStep => ({
  kind,
  target,
  ringSeconds: 15,
  withPrevious,
});
const home = { id: 'home', e164: '+82262001234' };
const elsewhere = { id: 'else', carrierId: 'other', number: '*3931234' };
const seeker = (steps: readonly FindMeStep[], settings: Partial<Callee['settings']> = {}): Callee =>
  calleeWith(lee, settings, {
    devices: ['lab-b', 'lab-b2'],
    contacts: [home],
    carrierNumbers: [elsewhere],
    findMe: steps,
  });

describe('a member who set nothing', () => {
  it.each<[Outcome, string]>([
    ['no-answer', 'voicemail of lee (no-answer)'],
    ['unreachable', 'voicemail of lee (unreachable)'],
    ['congestion', 'voicemail of lee (unreachable)'],
    ['failed', 'voicemail of lee (unreachable)'],
    ['unacceptable', 'voicemail of lee (unreachable)'],
    ['unallocated', 'voicemail of lee (unreachable)'],
    ['busy', 'voicemail of lee (busy)'],
    ['declined', 'voicemail of lee (busy)'],
    ['cancelled', 'told'],
  ])('%s: %s', (outcome, then) => {
    expect(following(connect(calling(lee)), outcome)).toBe(then);
  });

  it('is told by voicemail who called, unless that is withheld', () => {
    const callerOf = (more: Partial<RouteFacts>) => {
      const serve = connect(calling(lee, more)).attempts.find(({ kind }) => kind === 'serve');
      return serve?.kind === 'serve' ? serve.caller : undefined;
    };
    expect(callerOf({})).toMatchObject({ number: '0262006100082', withheld: false });
    expect(callerOf({ hidden: true })).toEqual({ withheld: true });
  });

  it('without voicemail the caller is told', () => {
    const verdict = connect(calling(calleeWith(lee, { voicemail: false })));
    expect(verdict.attempts).toMatchObject([{ kind: 'ring', answerWithin: 45, after: {} }]);
  });

  it('without a phone goes to voicemail at once', () => {
    expect(following(connect(calling({ ...lee, devices: [] })))).toBe('voicemail of lee (unreachable)');
  });
});

describe('find-me', () => {
  const steps = [
    step('device', 'lab-b2'),
    step('devices'),
    step('contact', 'home'),
    step('carrier', 'else'),
    step('voicemail'),
    step('devices'),
  ];

  it('looks for him step by step in his order, and ends at his voicemail', () => {
    const verdict = connect(calling(seeker(steps)));
    const way = (...outcomes: Outcome[]) => following(verdict, ...outcomes);
    expect(way()).toBe('lab-b2');
    expect(way('no-answer')).toBe('lab-b+lab-b2');
    expect(way('unreachable', 'no-answer')).toBe('0262001234@gw-kr');
    expect(way('no-answer', 'no-answer', 'no-answer')).toBe('*3931234@carrier-one');
    expect(way('no-answer', 'no-answer', 'no-answer', 'no-answer')).toBe('voicemail of lee (no-answer)');
    expect(verdict.attempts[0]).toMatchObject({ answerWithin: 15 });
  });

  it('hunts among the ways to his telephone before it goes on', () => {
    const verdict = connect(calling(seeker(steps)));
    const arrive: Outcome[] = ['no-answer', 'no-answer'];
    expect(following(verdict, ...arrive, 'congestion')).toBe('+82262001234@gw-us');
    expect(following(verdict, ...arrive, 'congestion', 'failed')).toBe('*3931234@carrier-one');
    expect(following(verdict, ...arrive, 'unallocated')).toBe('*3931234@carrier-one');
  });

  it.each<Outcome>(['busy', 'declined'])('does not ring on after %s at any step', (outcome) => {
    const verdict = connect(calling(seeker(steps)));
    expect(following(verdict, outcome)).toBe('voicemail of lee (busy)');
    expect(following(verdict, 'no-answer', 'no-answer', outcome)).toBe('voicemail of lee (busy)');
  });

  it('rings together what he wants together, elsewhere by the best way', () => {
    const together = [step('devices'), step('contact', 'home', true), step('carrier', 'else', true)];
    const verdict = connect(calling(seeker(together)));
    expect(following(verdict)).toBe('lab-b+lab-b2+0262001234@gw-kr+*3931234@carrier-one');
    expect(following(verdict, 'no-answer')).toBe('told');
  });

  it('leaves out what is not his (any more)', () => {
    const verdict = connect(
      calling(seeker([step('device', 'gone'), step('contact', 'gone'), step('devices')])),
    );
    expect(verdict.attempts.map(word)).toEqual(['lab-b+lab-b2']);
  });

  it('he pays for what leaves our net for him, and is named as who sent it there', () => {
    const verdict = connect(calling(seeker([step('contact', 'home')])));
    expect(verdict.attempts[0]).toMatchObject({
      legs: [{ payer: 'lee', calling: { number: '0262006100' } }],
      diverting: { uri: 'sip:0262006200@sip.example' },
    });
  });

  it('a call that came in by that very telephone number is not sent out to it again', () => {
    const his = seeker([step('devices'), step('contact', 'home')]);
    const callee = { ...his, contacts: [{ id: 'home', e164: '+82262006200' }] };
    const verdict = connect(factsOf('0262006200', { callee, origin: fromSeoul, presented: '01012345678' }));
    expect(verdict.attempts.map(word)).toEqual(['lab-b+lab-b2']);
    const onNet = connect(factsOf(LEE, { callee }));
    expect(onNet.attempts.map(word)).toContain('0262006200@gw-kr');
  });
});

describe('forwarding', () => {
  const to = (dialled: string) => destinationOf(dialled);
  const forwarding = (forwards: Callee['forwards'], settings: Partial<Callee['settings']> = {}): Callee =>
    calleeWith(lee, settings, forwards === undefined ? {} : { forwards });

  it('always: his phones are not rung; who cannot be reached there leaves a message for him', () => {
    const verdict = connect(calling(forwarding({ always: to('0262001234') })));
    expect(following(verdict)).toBe('0262001234@gw-kr');
    expect(following(verdict, 'no-answer')).toBe('voicemail of lee (no-answer)');
    expect(verdict.attempts[0]).toMatchObject({
      legs: [{ payer: 'lee' }],
      diverting: { uri: 'sip:0262006200@sip.example' },
    });
  });

  it.each<[Outcome, string]>([
    ['busy', '0262001111@gw-kr'],
    ['declined', '0262001111@gw-kr'],
    ['no-answer', '0262002222@gw-kr'],
    ['unreachable', '0262002222@gw-kr'],
  ])('after %s: %s', (outcome, then) => {
    const callee = forwarding({ busy: to('0262001111'), noAnswer: to('0262002222') });
    expect(following(connect(calling(callee)), outcome)).toBe(then);
  });

  it('when busy also on do-not-disturb and while he talks without call waiting', () => {
    const busy = { busy: to('0262001111') };
    expect(following(connect(calling(forwarding(busy, { doNotDisturb: true }))))).toBe('0262001111@gw-kr');
    const load = { calls: () => 1, perSecond: () => 0 };
    expect(following(connect(calling(forwarding(busy, { callWaiting: false }), { load })))).toBe(
      '0262001111@gw-kr',
    );
  });

  it('to a member rings that member, with his own wishes', () => {
    const verdict = connect(calling(forwarding({ always: { ...to('0262006100082'), callee: kim } })));
    // The phone that calls is one of his.
    expect(following(verdict)).toBe('lab-a2');
    expect(following(verdict, 'no-answer')).toBe('voicemail of kim (no-answer)');
  });

  it('in a circle ends where the circle closes', () => {
    const back: Callee = calleeWith(
      kim,
      { voicemail: false },
      { forwards: { always: { ...to(LEE), callee: lee } } },
    );
    const callee = forwarding({ always: { ...to('0262006100082'), callee: back } }, { voicemail: false });
    expect(connect(calling(callee)).attempts.map(word)).toEqual(['lab-a2']);
    const himself = forwarding({ always: { ...to(LEE), callee: lee } }, { voicemail: false });
    expect(connect(calling(himself)).attempts.map(word)).toEqual(['lab-b']);
  });

  it.each(['119', '*97', "'; drop", '55501234#082'])('to %s is as if it were not set', (dialled) => {
    expect(following(connect(calling(forwarding({ always: to(dialled) }))))).toBe('lab-b');
  });
});

describe('do-not-disturb and call waiting', () => {
  const told = (facts: RouteFacts) => decideRoute(facts).verdict;
  const quiet = { voicemail: false };

  it('refuse as busy, each with its own reason', () => {
    expect(told(calling(calleeWith(lee, { ...quiet, doNotDisturb: true })))).toMatchObject({
      reason: 'do-not-disturb',
      q850: 17,
    });
    const load = {
      calls: (kind: string, id: string) => (kind === 'member' && id === 'lee' ? 1 : 0),
      perSecond: () => 0,
    };
    const single = calleeWith(lee, { ...quiet, callWaiting: false });
    expect(told(calling(single, { load }))).toMatchObject({ reason: 'member-busy', q850: 17 });
    expect(told(calling(single)).kind).toBe('connect');
    expect(told(calling(calleeWith(lee, quiet), { load })).kind).toBe('connect');
  });

  it('leave voicemail in place', () => {
    expect(following(connect(calling(calleeWith(lee, { doNotDisturb: true }))))).toBe(
      'voicemail of lee (busy)',
    );
  });
});

describe('a company number', () => {
  const from = (country: string): Partial<RouteFacts> => {
    if (phoneOfKim.kind !== 'member') throw new Error('Kim is a member');
    const { area, ...phone } = phoneOfKim;
    return { origin: { ...phone, country } };
  };
  it.each([
    ['62006200#082', 'KR', acmeSeoul.id],
    ['62006200*82', 'US', acmeSeoul.id],
    ['62006200#001', 'KR', acmeNewYork.id],
    ['62006200#', 'US', acmeNewYork.id],
    ['62006200#', 'JP', acmeSeoul.id],
    ['acme.example', 'US', acmeNewYork.id],
    ['acme.example', 'JP', acmeSeoul.id],
  ])('%s from %s rings %s', (dialled, country, device) => {
    const facts = factsOf(dialled, from(country));
    expect(following(connect(facts))).toBe(device);
  });

  it('without a branch under that code is refused, saying so', () => {
    expect(decideRoute(factsOf('62006200#081')).verdict).toMatchObject({
      kind: 'refuse',
      reason: 'no-branch',
      q850: 1,
    });
  });
});

describe('a number that lives at a partner’s centre', () => {
  it('is called there as the number itself, the caller by his own', () => {
    const verdict = connect(factsOf('0362006400081'));
    expect(verdict.attempts).toMatchObject([
      {
        legs: [
          {
            endpoint: 'PJSIP/0362006400081@partner-jp',
            calling: { number: '0262006100082', name: 'Kim Ara', asserted: 'sip:0262006100082@sip.example' },
          },
        ],
      },
    ]);
  });

  it('rings a phone of his with us, if he has one', () => {
    expect(following(connect(factsOf('0362006400081', { callee: { ...ito, devices: ['ito'] } })))).toBe(
      'ito',
    );
  });

  it('is not reached from another trunk: a partner’s calls do not pass through us', () => {
    expect(decideRoute(factsOf('0362006400081', { origin: fromSeoul })).verdict).toMatchObject({
      kind: 'refuse',
      q850: 1,
    });
  });
});

describe('other targets', () => {
  it('an e-mail address rings the person', () => {
    expect(following(connect(factsOf('lee@mail.example')))).toBe('lab-b');
  });

  it('a carrier’s own number leaves by its trunk as it is', () => {
    expect(following(connect(factsOf('*3931234')))).toBe('*3931234@carrier-one');
    expect(following(connect(factsOf('sip:bob@carrier.example')))).toBe('bob@carrier-one');
  });

  it('a telephone number that a carrier claims goes there first, the routes are its backup', () => {
    const verdict = connect(factsOf('07012345678'));
    expect(verdict.attempts.map(word)).toEqual([
      '07012345678@carrier-one',
      '07012345678@gw-kr',
      '+827012345678@gw-us',
    ]);
  });

  it.each([
    ['*97', { name: 'mailbox', member: 'kim', language: 'ko' }],
    ['*43', { name: 'echo', language: 'ko' }],
    [
      '*21*0262001234#',
      { name: 'set', member: 'kim', setting: 'forward-always', value: '0262001234', language: 'ko' },
    ],
    ['*21', { name: 'set', member: 'kim', setting: 'forward-always', value: null, language: 'ko' }],
  ])('the feature code %s is a service of the exchange', (dialled, service) => {
    expect(connect(factsOf(dialled)).attempts).toEqual([{ kind: 'serve', service }]);
  });
});
