import type { CallLegView, CallTraceView, CallView } from './calls.views.js';

/** One message between two columns; `from` and `to` are their places. */
interface Rung {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const CALLER = 0;
const EXCHANGE = 1;
const STAMP = 10;
const WIDTH = 22;

/**
 * A call as a SIP ladder in plain text, drawn from its record: who said what to whom, when, and how each leg ended. Times are
 * seconds since the call came in. Messages that the record doesn't keep (100, ACK, OPTIONS) are not drawn.
 */
export function ladderOf({ call, trace, legs }: Pick<CallTraceView, 'call' | 'trace' | 'legs'>): string {
  const targets = [...new Set(legs.map(targetOf))];
  const columns = [callerOf(call), 'exchange', ...targets];
  const place = (leg: CallLegView): number => targets.indexOf(targetOf(leg)) + 2;
  const said = trace.moves.find(({ to }) => to === 'refusing');
  // Nobody is at the caller's end of a call that we started.
  const ofCaller = call.origin === 'order' ? [] : callerRungs(call, said?.at, legs);
  // At the same moment cause goes before effect: the caller's word, the far ends', what the caller is told of it.
  const rungs = [
    ...ofCaller.filter(({ from }) => from === CALLER),
    ...legs.flatMap((leg) => legRungs(leg, place(leg), call)),
    ...ofCaller.filter(({ to }) => to === CALLER),
  ].sort((a, b) => a.at - b.at);
  const began = call.startedAt.getTime();
  return [
    `call ${call.id}, ${call.startedAt.toISOString()}`,
    `dialled ${JSON.stringify(call.dialled)}, read as ${call.reading ?? 'nothing'} ${call.called ?? ''}`.trimEnd(),
    '',
    `${' '.repeat(STAMP)}${columns.map((name) => name.slice(0, WIDTH - 2).padEnd(WIDTH)).join('')}`.trimEnd(),
    ...rungs.map((rung) => `${stamp(rung.at - began)}${drawn(rung, columns.length)}`),
    '',
    ending(call),
    '',
  ].join('\n');
}

const targetOf = ({ kind, target }: CallLegView): string => `${kind} ${target}`;

function callerRungs(call: CallView, said: number | undefined, legs: readonly CallLegView[]): Rung[] {
  const to = (at: Date | number | null, text: string): Rung[] =>
    at === null ? [] : [{ at: Number(at), from: EXCHANGE, to: CALLER, text }];
  const from = (at: Date | null, text: string): Rung[] =>
    at === null ? [] : [{ at: at.getTime(), from: CALLER, to: EXCHANGE, text }];
  const answered = call.answeredAt !== null;
  const rang = legs.some(({ ringingAt }) => ringingAt !== null) ? call.ringingAt : null;
  const byCaller = call.endedBy === 'caller' || (!answered && call.sip === 487);
  return [
    ...from(call.startedAt, `INVITE ${call.dialled}`),
    ...to(rang, '180/183'),
    ...to(said ?? null, '183, told why'),
    ...to(call.answeredAt, '200'),
    ...(byCaller
      ? from(call.endedAt, answered ? 'BYE' : 'CANCEL')
      : to(call.endedAt, answered ? 'BYE' : `${call.sip ?? ''} (${call.q850})`)),
  ];
}

function legRungs(leg: CallLegView, column: number, call: CallView): readonly Rung[] {
  const to = (at: Date | null, text: string): Rung[] =>
    at === null ? [] : [{ at: at.getTime(), from: EXCHANGE, to: column, text }];
  const from = (at: Date | null, text: string): Rung[] =>
    at === null ? [] : [{ at: at.getTime(), from: column, to: EXCHANGE, text }];
  const cause = leg.q850 === null ? '' : ` (${leg.q850})`;
  const bye = call.endedBy === 'callee' ? from : to;
  const end =
    leg.answeredAt !== null
      ? bye(leg.endedAt, `BYE${cause}`)
      : leg.sip !== null
        ? from(leg.endedAt, `${leg.sip}${cause}`)
        : to(leg.endedAt, `CANCEL${cause}`);
  return [
    ...to(leg.createdAt, `INVITE ${leg.called}`),
    ...from(leg.ringingAt, '180/183'),
    ...from(leg.answeredAt, '200'),
    ...end,
  ];
}

const stamp = (ms: number): string => `+${(ms / 1_000).toFixed(3)}`.padEnd(STAMP);

/** An arrow from column to column; the other columns are bars. */
function drawn({ from, to, text }: Rung, columns: number): string {
  const line: string[] = Array.from({ length: columns * WIDTH }, (_, at) => (at % WIDTH === 0 ? '|' : ' '));
  const [left, right] = [Math.min(from, to) * WIDTH + 1, Math.max(from, to) * WIDTH - 1];
  line.fill('-', left, right + 1);
  line[from < to ? right : left] = from < to ? '>' : '<';
  const label = ` ${text.slice(0, right - left - 3)} `;
  const begin = Math.floor((left + right + 1 - label.length) / 2);
  for (const [at, letter] of [...label].entries()) line[begin + at] = letter;
  return line.join('').trimEnd();
}

function ending({ endedAt, endedBy, reason, q850, sip, answeredAt }: CallView): string {
  if (endedAt === null) return 'still open';
  const talked = answeredAt === null ? 'never answered' : `talked ${seconds(answeredAt, endedAt)} s`;
  return `ended by ${endedBy}: ${reason} (Q.850 ${q850}${sip === null ? '' : `, SIP ${sip}`}), ${talked}`;
}

const seconds = (from: Date, to: Date): string => ((to.getTime() - from.getTime()) / 1_000).toFixed(3);

const callerOf = ({ origin, trunkId }: CallTraceView['call']): string =>
  ({ member: 'caller', order: 'order', trunk: `trunk ${trunkId}` })[origin];
