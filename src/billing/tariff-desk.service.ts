import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Db } from '../infra/db/db.js';
import { Listener } from '../infra/db/listen.js';
import { allowancesOf, readGuardedRanges } from './barring.service.js';
import type { UnratedBecause } from './domain/assessment.js';
import { barredBy, type GuardedKind, type GuardedRanges } from './domain/barring.js';
import type { Conversion } from './domain/conversion.js';
import type { RateDeck } from './domain/rate-deck.js';
import { conversionsFor } from './exchange-rates.service.js';
import { type Payer, payersOf } from './parties.service.js';
import { RateBook, type ScheduledVersion, scheduledVersions, versionAt } from './rate-book.service.js';
import { Recent } from './recent.js';

/** By what a member's calls are held for and priced now: feed it to `sliceAfter`, `affordable` and `rate`. */
export interface CallTariff {
  readonly accountId: bigint;
  readonly deck: RateDeck;
  /** From the deck's currency to the account's; holds are in the account's. */
  readonly conversion: Conversion;
}

const MOST_PAYERS = 50_000;
const MOST_DECKS = 1_000;
const MOST_CONVERSIONS = 1_000;

/**
 * Tariffs for calls that begin, from memory: who pays, which version, which exchange rate. Changes are told by PostgreSQL
 * (channel `billing`) and forgotten here; after a lost connection everything is. What a call is charged in the end is
 * decided on the database itself, so a price that is late here is never wrong on a bill.
 */
@Injectable()
export class TariffDesk implements OnModuleInit {
  private readonly payers = new Recent<Payer | undefined>(MOST_PAYERS);
  private readonly versions = new Recent<readonly ScheduledVersion[]>(MOST_DECKS);
  private readonly conversions = new Recent<Conversion | undefined>(MOST_CONVERSIONS);

  private readonly ranges = new Recent<GuardedRanges>(1);
  private readonly allowances = new Recent<ReadonlySet<GuardedKind>>(MOST_PAYERS);

  constructor(
    private readonly db: Db,
    private readonly book: RateBook,
    private readonly listener: Listener,
  ) {}

  onModuleInit(): void {
    this.listener.on('billing', (changed) => this.forget(changed));
    this.listener.onResync(() => this.forgetAll());
  }

  /** A member's tariff for a call at that time (ms since epoch), or why there is none. */
  async tariffOf(memberId: string, at: number): Promise<CallTariff | UnratedBecause> {
    const payer = await this.payerOf(memberId);
    if (payer === undefined) return 'no-payer';
    const { deckId, accountId, currency: to } = payer;
    const versions = await this.versions.get(deckId, () => scheduledVersions(this.db, [deckId]));
    const version = versionAt(versions, deckId, at);
    if (version === undefined) return 'no-deck';
    const deck = await this.book.load(this.db, version);
    const wish = { from: deck.currency, to, at };
    const key = `${wish.from} ${to} ${new Date(at).toISOString().slice(0, 10)}`;
    const conversion = await this.conversions.get(key, async () =>
      (await conversionsFor(this.db, [wish]))(wish),
    );
    return conversion === undefined ? 'no-exchange-rate' : { accountId, deck, conversion };
  }

  /**
   * By which kind of range a member may not call that number (E.164): premium rate, satellite and the like are barred until
   * the payer's account is allowed them. Undefined: not barred. For a member without payer every guarded range is barred.
   */
  async barredBecause(memberId: string, e164: string): Promise<GuardedKind | undefined> {
    const [ranges, payer] = await Promise.all([
      this.ranges.get('', () => readGuardedRanges(this.db)),
      this.payerOf(memberId),
    ]);
    const account = payer?.accountId;
    const allowed =
      account === undefined
        ? new Set<GuardedKind>()
        : await this.allowances.get(String(account), () => allowancesOf(this.db, account));
    return barredBy(ranges, e164, allowed);
  }

  private payerOf(memberId: string): Promise<Payer | undefined> {
    return this.payers.get(memberId, async () => (await payersOf(this.db, [memberId])).get(memberId));
  }

  private forget(changed: string): void {
    const [what, key = ''] = changed.split(':', 2);
    if (what === 'payer') this.payers.forget(key);
    else if (what === 'deck') this.versions.forget(key);
    else if (what === 'barring') this.forgetBarring();
    else this.conversions.forgetAll();
  }

  private forgetAll(): void {
    this.payers.forgetAll();
    this.versions.forgetAll();
    this.conversions.forgetAll();
    this.forgetBarring();
  }

  private forgetBarring(): void {
    this.ranges.forgetAll();
    this.allowances.forgetAll();
  }
}
