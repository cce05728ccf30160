import {
  affordable,
  type CallTariff,
  closeHolds,
  extendHold,
  type HoldWish,
  LONGEST_TALK_MS,
  openHold,
  type SliceWish,
  sliceAfter,
  type TariffDesk,
} from '../../billing/index.js';
import type { Sql } from '../../infra/db/sql.js';
import { withDeadline } from '../../kernel/deadline.js';
import { money } from '../../kernel/money.js';
import { type Call, winnerOf } from '../domain/call.js';
import type { Connect } from '../domain/verdict.js';
import type { CallMoney, Extension, Grant } from './call-money.js';
import { type Payable, payableOf } from './payable.js';

interface MoneyLog {
  warn(fields: object, message: string): void;
}

const DEADLINE_MS = 1_000;
/** Asterisk cuts so long before the paid time is used up: its timer and the far end's hang-up take a moment. */
const CUT_EARLY_MS = 250;
const LAST: Extension = { kind: 'last', reason: 'credit' };

/** What a talk costs beforehand: for whom, and for which number. */
interface Priced {
  readonly tariff: CallTariff;
  readonly e164: string;
  readonly answeredAt: number;
}

/**
 * The payer's money, set aside in billing's ledger: one hold a call under the call's id, raised while it talks. What the call
 * really cost is charged from its end, which closes the hold in the same transaction; here nothing is ever charged.
 */
export class BillingMoney implements CallMoney {
  /** Holds being opened. A call that ends meanwhile must not leave one behind. */
  private readonly opening = new Map<string, Promise<unknown>>();

  constructor(
    private readonly sql: Sql,
    private readonly desk: Pick<TariffDesk, 'tariffOf' | 'barredBecause'>,
    private readonly log: MoneyLog,
    private readonly now: () => number = Date.now,
    private readonly setAside = (wish: HoldWish) => openHold(sql, wish, 'call'),
  ) {}

  reserve(call: Call, plan: Connect): Grant | Promise<Grant> {
    const payable = payableOf(call, plan);
    if (payable === undefined) return { kind: 'unmetered' };
    const opened = this.open(call.id, payable);
    this.opening.set(call.id, opened);
    return withDeadline(opened, DEADLINE_MS).then(
      (grant) => {
        this.opening.delete(call.id);
        return grant;
      },
      (error: unknown): Grant => {
        this.log.warn({ call: call.id, err: error }, 'nobody can say who pays for a call');
        void opened.catch(() => undefined).then(() => this.opening.delete(call.id));
        return { kind: 'refused', reason: 'billing-away' };
      },
    );
  }

  async extend(call: Call): Promise<Extension> {
    const { plan, answeredAt, cap } = call;
    const payable = plan && payableOf(call, plan);
    if (payable === undefined || answeredAt === undefined || cap === undefined) return LAST;
    const e164 = winnerOf(call)?.plan.e164 ?? payable.numbers[0];
    const tariff = await this.desk.tariffOf(payable.memberId, answeredAt);
    if (e164 === undefined || typeof tariff === 'string') return LAST;
    const priced = { tariff, e164, answeredAt };
    const wish = wishOf(priced, cap.seconds * 1_000 + CUT_EARLY_MS);
    if (wish === undefined) return LAST;
    const held = await withDeadline(extendHold(this.sql, holdOf(call.id, tariff, wish)), DEADLINE_MS);
    if (held === undefined) return LAST;
    const maxSeconds = secondsFor(priced, held);
    return maxSeconds > cap.seconds ? { kind: 'extended', maxSeconds } : LAST;
  }

  /** An ended call's hold is closed by its charge. Only one that is opened after that would stay: it is given back. */
  close({ id }: Call): void {
    const opened = this.opening.get(id);
    if (opened === undefined) return;
    this.opening.delete(id);
    void opened
      .then(() => closeHolds(this.sql, [id], 'released'))
      .catch((error: unknown) => this.log.warn({ call: id, err: error }, 'a hold may be left behind'));
  }

  private async open(id: string, payable: Payable): Promise<Grant> {
    const grant = await this.hold(id, payable);
    return grant.kind === 'refused' && payable.sentOn ? { kind: 'kept-in' } : grant;
  }

  private async hold(id: string, { memberId, numbers }: Payable): Promise<Grant> {
    const answeredAt = this.now();
    const [tariff, ...barred] = await Promise.all([
      this.desk.tariffOf(memberId, answeredAt),
      ...numbers.map((e164) => this.desk.barredBecause(memberId, e164)),
    ]);
    if (tariff === 'no-payer') return { kind: 'refused', reason: 'no-credit' };
    if (typeof tariff === 'string') return { kind: 'refused', reason: 'no-tariff' };
    if (barred.some((because) => because !== undefined)) return { kind: 'refused', reason: 'barred' };
    // Which of them answers is not known yet: enough is held for the dearest, and talked for what that lasts.
    const prices = numbers.map((e164) => ({ tariff, e164, answeredAt }));
    const wishes = prices.map((priced) => wishOf(priced, 0));
    if (wishes.length === 0 || wishes.some((wish) => wish === undefined)) {
      return { kind: 'refused', reason: 'no-tariff' };
    }
    const wish = dearest(wishes.filter((one) => one !== undefined));
    if (wish.wanted.micros === 0n) return { kind: 'unmetered' };
    const held = await this.setAside({ ...holdOf(id, tariff, wish), memberId });
    if (held === undefined) return { kind: 'refused', reason: 'no-credit' };
    return { kind: 'granted', seconds: Math.min(...prices.map((priced) => secondsFor(priced, held))) };
  }
}

const wishOf = ({ tariff, e164, answeredAt }: Priced, coveredMs: number): SliceWish | undefined =>
  sliceAfter(tariff.deck, { e164, onNet: false, answeredAt }, coveredMs, tariff.conversion);

const holdOf = (id: string, { accountId }: CallTariff, { wanted, least }: SliceWish) => ({
  id,
  accountId,
  wanted: wanted.micros,
  least: least.micros,
});

const dearest = (wishes: readonly SliceWish[]): SliceWish =>
  wishes.reduce((most, wish) => ({
    wanted: wish.wanted.micros > most.wanted.micros ? wish.wanted : most.wanted,
    least: wish.least.micros > most.least.micros ? wish.least : most.least,
  }));

/** How long somebody may talk for what is held, in whole seconds. */
function secondsFor({ tariff, e164, answeredAt }: Priced, held: bigint): number {
  const amount = money(held, tariff.conversion.to);
  const talk = { e164, onNet: false, answeredAt };
  const milliseconds = affordable(tariff.deck, talk, amount, tariff.conversion) ?? 0;
  if (milliseconds >= LONGEST_TALK_MS) return LONGEST_TALK_MS / 1_000;
  return Math.max(1, Math.floor((milliseconds - CUT_EARLY_MS) / 1_000));
}
