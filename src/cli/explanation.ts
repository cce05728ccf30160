import type { Decision } from '../exchange/domain/verdict.js';

/** A decision as text for people: each step of the reading, the ways considered, the verdict. */
export function explanation(dialled: string, { account, verdict }: Decision): string {
  const lines = [
    `dialled   ${JSON.stringify(dialled)}`,
    `read as   ${account.reading ?? 'nothing'}${account.called === undefined ? '' : ` ${account.called}`}`,
    ...account.steps.map(({ step, verdict: outcome, detail = '' }) =>
      `  ${step.padEnd(16)} ${outcome.padEnd(10)} ${detail}`.trimEnd(),
    ),
    ...(account.candidates.length === 0 ? [] : ['ways']),
    ...account.candidates.map(
      ({ kind, target, called, calling = 'withheld', costMicro, currency, verdict: outcome }) =>
        `  ${kind} ${target}: called ${called}, calling ${calling}${costMicro === undefined ? '' : `, ${perMinute(costMicro)} ${currency}/min`} (${outcome})`,
    ),
    verdict.kind === 'connect'
      ? `verdict   connect, ${verdict.attempts.length} attempt${verdict.attempts.length === 1 ? '' : 's'}`
      : `verdict   ${verdict.kind}: ${verdict.reason} (Q.850 ${verdict.q850})`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Micro-units as a decimal number, exactly. */
function perMinute(costMicro: string): string {
  const digits = costMicro.padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '') || '0';
}
