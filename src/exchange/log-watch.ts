import type { Log } from '../infra/log/log.js';
import { moveText } from '../kernel/fsm.js';
import { callingCodeIn } from '../numbering/index.js';
import type { Call } from './domain/call.js';
import { endedAtOf } from './domain/record.js';
import type { ExchangeMetrics } from './exchange.metrics.js';
import type { ExchangeWatch } from './exchange.watch.js';

/** Tells logs (a call's id as `call`, each move as `ringing -> leg.answered -> talking`) and metrics. */
export class LogWatch implements Omit<ExchangeWatch, 'contact'> {
  constructor(
    private readonly log: Log,
    private readonly metrics: ExchangeMetrics,
  ) {}

  arrived(call: Call): void {
    const { kind, country } = call.origin;
    this.metrics.arrivals.inc({ origin: kind, country });
  }

  adopted(call: Call): void {
    this.log.info({ call: call.id, state: call.state }, 'a call of a former process is taken up');
  }

  moved(before: Call, after: Call): void {
    this.time(before, after);
    if (after.state === before.state) return;
    const move = after.moves.at(-1);
    if (move !== undefined) this.log.debug({ call: after.id }, moveText(move));
  }

  private time(before: Call, { startedAt, seenAt, state, ringingAt, answeredAt }: Call): void {
    const { setUpDelay, ringDelay, answerDelay } = this.metrics;
    const since = (at: number) => (at - startedAt) / 1_000;
    // Dialled is what follows the newest news that it waited for.
    if (before.state === 'preparing' && state === 'dialling') setUpDelay.observe(since(seenAt));
    if (before.ringingAt === undefined && ringingAt !== undefined) ringDelay.observe(since(ringingAt));
    if (before.answeredAt === undefined && answeredAt !== undefined) answerDelay.observe(since(answeredAt));
  }

  over(call: Call): void {
    const { ending } = call;
    const reading = call.account?.reading ?? 'none';
    const answered = call.answeredAt === undefined ? 'no' : 'yes';
    const told = { origin: call.origin.kind, reading, answered };
    this.metrics.ended.inc({ ...told, reason: ending?.reason ?? 'none', q850: String(ending?.q850 ?? 0) });
    const code = callingCodeIn(call.plan?.called ?? '');
    if (code !== undefined) this.metrics.destinations.inc({ code, answered });
    const talked = call.answeredAt === undefined ? 0 : (endedAtOf(call) - call.answeredAt) / 1_000;
    this.metrics.talkSeconds.inc({ reading }, talked);
    this.log.info(
      { call: call.id, reading, by: ending?.by, reason: ending?.reason, q850: ending?.q850, talked },
      'call ended',
    );
  }

  stranger(channel: string, reason: string): void {
    this.metrics.strangers.inc();
    this.log.warn({ channel, reason }, 'a channel was hung up');
  }

  disconnected(reason: string): void {
    this.log.warn({ reason }, 'Asterisk is away: calls go on there, and are looked at when it is back');
  }

  looked(outcome: 'done' | 'failed', calls: number, seconds: number): void {
    this.metrics.looks.inc({ outcome });
    this.log.debug({ outcome, calls, seconds }, 'looked at Asterisk');
  }

  failed(call: Call, error: unknown): void {
    this.metrics.surprises.inc();
    this.log.error({ call: call.id, state: call.state, err: error }, 'the call machine threw');
  }
}
