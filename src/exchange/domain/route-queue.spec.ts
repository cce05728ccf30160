import { describe, expect, it } from '@jest/globals';
import { calledParty } from './callee.js';
import { factsOf, fromSeoul } from './route.fixture.js';
import { decideRoute } from './route.js';

const pointed = (late: boolean, more: Parameters<typeof factsOf>[1] = {}) => {
  const facts = factsOf('62006200*082', more);
  const { reading } = facts;
  if (reading.kind !== 'vns') throw new Error('no company number');
  const branch = { ...reading.branch, queue: { id: 'q1', late } };
  return { ...facts, reading: { ...reading, branch } };
};

describe('a number that points to a queue', () => {
  it('given_a_member_calls_it_then_he_is_served_by_the_queue_with_what_it_has_to_know_of_him', () => {
    const { verdict, account } = decideRoute(pointed(false));
    expect(verdict).toMatchObject({
      kind: 'connect',
      called: '62006200#082',
      attempts: [
        {
          kind: 'serve',
          service: {
            name: 'queue',
            to: { queue: 'q1' },
            visitor: { memberId: 'kim', language: 'ko', country: 'KR', number: '0262006100082' },
          },
          caller: { name: 'Kim Ara' },
        },
      ],
    });
    expect(account.candidates).toEqual([
      { kind: 'queue', target: 'q1', called: '62006200*082', verdict: 'attempt 1' },
    ]);
  });

  it('given_a_stranger_calls_by_another_network_then_his_number_says_his_country_and_else_the_networks', () => {
    const countryOf = (presentedE164?: string) => {
      const { verdict } = decideRoute(
        pointed(false, { origin: fromSeoul, ...(presentedE164 === undefined ? {} : { presentedE164 }) }),
      );
      const [attempt] = verdict.kind === 'connect' ? verdict.attempts : [];
      return attempt?.kind === 'serve' && attempt.service.name === 'queue'
        ? attempt.service.visitor.country
        : undefined;
    };
    expect([countryOf('+41445551234'), countryOf('+82212345678'), countryOf()]).toEqual(['CH', 'KR', 'KR']);
  });

  it('given_it_answers_late_then_its_caller_is_not_answered', () => {
    expect(decideRoute(pointed(true)).verdict).toMatchObject({ attempts: [{ late: true }] });
  });

  it('given_the_caller_withholds_his_number_then_the_queue_does_not_learn_it', () => {
    const { verdict } = decideRoute(pointed(false, { hidden: true }));
    expect(JSON.stringify(verdict)).not.toContain('0262006100082","dialled');
    expect(verdict).toMatchObject({ attempts: [{ caller: { withheld: true } }] });
  });

  it('given_only_the_whole_number_points_there_then_each_branch_without_its_own_does', () => {
    const { reading } = factsOf('62006200*082', {});
    if (reading.kind !== 'vns') throw new Error('no company number');
    const assignment = { ...reading.assignment, queue: { id: 'all', late: false } };
    expect(calledParty({ ...reading, assignment })).toMatchObject({ queue: { id: 'all' } });
    const branch = { ...reading.branch, queue: { id: 'own', late: false } };
    expect(calledParty({ ...reading, assignment, branch })).toMatchObject({ queue: { id: 'own' } });
  });
});
