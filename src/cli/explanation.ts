import type { Explanation, Price } from '../exchange/explain/explainer.js';

/** A decision as text for people: each step of the reading, the ways considered, the verdict, our price. */
export function explanation({ dialled, account, verdict, price }: Explanation): string {
  const lines = [
    `dialled   ${JSON.stringify(dialled)}`,
    `read as   ${account.reading ?? 'nothing'}${account.called === undefined ? '' : ` ${account.called}`}`,
    ...account.steps.map(({ step, verdict: outcome, detail = '' }) =>
      `  ${step.padEnd(16)} ${outcome.padEnd(12)} ${detail}`.trimEnd(),
    ),
    ...(account.candidates.length === 0 ? [] : ['ways']),
    ...account.candidates.map(
      ({ kind, target, called, calling = 'withheld', costMicro, currency, verdict: outcome }) =>
        `  ${kind} ${target}: called ${called}, calling ${calling}${costMicro === undefined ? '' : `, ${decimal(costMicro)} ${currency}/min`} (${outcome})`,
    ),
    verdict.kind === 'connect'
      ? `verdict   connect: ${verdict.attempts.map(attemptText).join(', then ')}`
      : `verdict   ${verdict.kind}: ${verdict.reason} (Q.850 ${verdict.q850})`,
    `price     ${priceText(price)}`,
  ];
  return `${lines.join('\n')}\n`;
}

type Attempt = Extract<Explanation['verdict'], { kind: 'connect' }>['attempts'][number];

const attemptText = (attempt: Attempt): string =>
  attempt.kind === 'ring' ? attempt.legs.map(({ target }) => target).join(' + ') : attempt.service.name;

const priceText = (price: Price): string =>
  price.kind === 'none'
    ? `none (${price.because})`
    : `${decimal(price.amount)} ${price.currency} for a minute (${price.destination})`;

/** Micro-units as a decimal number, exactly. */
function decimal(micros: string): string {
  const digits = micros.padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '') || '0';
}
