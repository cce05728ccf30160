export interface TracedCall {
  readonly id: string;
  readonly state: string;
  readonly origin: 'member' | 'trunk' | 'order';
  readonly memberId: string | null;
  readonly trunkId: string | null;
  readonly dialled: string;
  readonly reading: string | null;
  readonly called: string | null;
  readonly calling: string | null;
  readonly startedAt: string;
  readonly ringingAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly reason: string | null;
  readonly q850: number | null;
  readonly sip: number | null;
  readonly billable: boolean | null;
}

export interface TracedLeg {
  readonly leg: number;
  readonly attempt: number;
  readonly kind: 'device' | 'trunk';
  readonly target: string;
  readonly called: string;
  readonly createdAt: string;
  readonly ringingAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly q850: number | null;
  readonly sip: number | null;
}

/** One message between two columns, or (`media`) sound both ways until `until`. */
export interface Rung {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly kind: 'message' | 'failure' | 'media';
}

export interface Ladder {
  readonly columns: readonly string[];
  readonly rungs: readonly Rung[];
}

const CALLER = 0;
const EXCHANGE = 1;

/** Who said what to whom, in order, as the record has it: what it does not keep (100, ACK, OPTIONS) is not there. */
export function ladderOf(
  call: TracedCall,
  legs: readonly TracedLeg[],
  names: { caller: string; exchange: string },
): Ladder {
  const targets = [...new Set(legs.map(({ target }) => target))];
  const caller = call.origin === 'trunk' ? (call.trunkId ?? names.caller) : names.caller;
  const place = (leg: TracedLeg) => targets.indexOf(leg.target) + 2;
  const ofCaller = call.origin === 'order' ? [] : callerRungs(call, legs);
  const rungs = [
    ...ofCaller.filter(({ from }) => from === CALLER),
    ...legs.flatMap((leg) => legRungs(leg, place(leg), call)),
    ...ofCaller.filter(({ from }) => from !== CALLER),
  ].toSorted((a, b) => a.at - b.at);
  return { columns: [caller, names.exchange, ...targets], rungs };
}

type Said = (at: string | null, text: string, kind?: Rung['kind']) => readonly Rung[];
const between =
  (from: number, to: number): Said =>
  (at, text, kind = 'message') =>
    at === null ? [] : [{ at: Date.parse(at), from, to, text, kind }];

function callerRungs(call: TracedCall, legs: readonly TracedLeg[]): readonly Rung[] {
  const says = between(CALLER, EXCHANGE);
  const hears = between(EXCHANGE, CALLER);
  const answered = call.answeredAt !== null;
  const rang = legs.some(({ ringingAt }) => ringingAt !== null) ? call.ringingAt : null;
  const byCaller = call.endedBy === 'caller' || (!answered && call.sip === 487);
  const end = byCaller
    ? says(call.endedAt, answered ? 'BYE' : 'CANCEL')
    : hears(
        call.endedAt,
        answered ? 'BYE' : `${call.sip ?? ''} (${call.q850 ?? ''})`,
        answered ? 'message' : 'failure',
      );
  return [
    ...says(call.startedAt, `INVITE ${call.dialled}`),
    ...hears(rang, '180/183'),
    ...hears(call.answeredAt, '200 OK'),
    ...end,
  ];
}

function legRungs(leg: TracedLeg, column: number, call: TracedCall): readonly Rung[] {
  const told = between(EXCHANGE, column);
  const says = between(column, EXCHANGE);
  const cause = leg.q850 === null ? '' : ` (${leg.q850})`;
  const end =
    leg.answeredAt !== null
      ? (call.endedBy === 'callee' ? says : told)(leg.endedAt, `BYE${cause}`)
      : leg.sip !== null
        ? says(leg.endedAt, `${leg.sip}${cause}`, 'failure')
        : told(leg.endedAt, `CANCEL${cause}`, leg.ringingAt === null ? 'failure' : 'message');
  return [
    ...told(leg.createdAt, `INVITE ${leg.called}`),
    ...says(leg.ringingAt, '180/183'),
    ...says(leg.answeredAt, '200 OK'),
    ...told(leg.answeredAt, 'RTP', 'media'),
    ...end,
  ];
}
