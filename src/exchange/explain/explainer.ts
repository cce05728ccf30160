import { rate, type TariffDesk } from '../../billing/index.js';
import type { Sql } from '../../infra/db/sql.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import type { Directory } from '../directory.js';
import type { Origin } from '../domain/call.js';
import { NO_LOAD } from '../domain/load.js';
import type { Decision } from '../domain/verdict.js';
import { Router, type RouterWorld } from '../router.js';
import { callerNamed } from './caller-named.js';
import { withNobody } from './nobody.js';

/** What would come of a call: how the number is read, the ways considered with what they cost us, the verdict, our price. */
export interface Explanation extends Decision {
  readonly dialled: string;
  readonly from: string;
  readonly price: Price;
}

/** What the caller pays for a minute answered now; `none`: nothing is charged, or nothing is known, and why. */
export type Price =
  | {
      readonly kind: 'per-minute';
      readonly amount: string;
      readonly currency: string;
      readonly destination: string;
    }
  | { readonly kind: 'none'; readonly because: string };

/** As if these trunks were in trouble, and as if it were then (ms since 1970). */
export interface WhatIf {
  readonly down?: ReadonlySet<string>;
  readonly at?: number;
}

export interface ExplainerWorld {
  readonly sql: Sql;
  readonly directory: Directory;
  readonly tariffs: Pick<TariffDesk, 'tariffOf'>;
  readonly log: RouterWorld['log'];
  readonly resolve: RouterWorld['resolve'];
  readonly sipDomain: string;
}

/** Says where a call would go without placing it: the same code that routes calls, with nothing in use and every trunk well. */
export class Explainer {
  constructor(private readonly world: ExplainerWorld) {}

  /** @param from see `callerNamed`. */
  async explain(
    dialled: string,
    from: string,
    { down, at = Date.now() }: WhatIf = {},
  ): Promise<Result<Explanation, Failure<'explain.nobody'>>> {
    const origin = await callerNamed(this.world.sql, from);
    if (origin === undefined) {
      const hint = "a member's id, number or phone account, or a country: KR, KR:02";
      return err(failure('explain.nobody', `nobody and no country is called ${from}`, { hint }));
    }
    const decision = await this.routerAt(at, down).decide({
      id: newId(),
      dialled,
      origin,
      caller: { number: '' },
    });
    return ok({ dialled, from, ...decision, price: await this.price(origin, decision, at) });
  }

  private routerAt(at: number, down: ReadonlySet<string> = new Set()): Router {
    const { directory, log, resolve, sipDomain } = this.world;
    return new Router({
      directory: withNobody(directory),
      log,
      resolve,
      sipDomain,
      load: NO_LOAD,
      trunkHealth: (trunk) => (down.has(trunk) ? 'open' : 'closed'),
      databaseAway: () => false,
      now: () => at,
    });
  }

  private async price(origin: Origin, { verdict, account }: Decision, at: number): Promise<Price> {
    if (origin.kind !== 'member' || verdict.kind !== 'connect') return none('no call');
    if (verdict.emergency) return none('calls for help cost nothing');
    const tariff = await this.world.tariffs.tariffOf(origin.memberId, at);
    if (typeof tariff === 'string') return none(tariff);
    const onNet = !leaves(verdict);
    const e164 = account.reading === 'pstn' ? (account.called ?? '') : '';
    const talk = { e164, onNet, answeredAt: at, durationMs: 60_000 };
    const rating = rate(tariff.deck, talk, tariff.conversion);
    if (rating.kind === 'on-net') return none('on-net');
    if (rating.kind === 'unrated') return none(e164 === '' ? 'no-number' : 'no-rate');
    const { amount, rate: of } = rating;
    return {
      kind: 'per-minute',
      amount: String(amount.micros),
      currency: amount.currency,
      destination: of.destination,
    };
  }
}

const none = (because: string): Price => ({ kind: 'none', because });

/** Whether its first attempt goes out by a trunk. */
function leaves({ attempts }: Extract<Decision['verdict'], { kind: 'connect' }>): boolean {
  const [first] = attempts;
  return first?.kind === 'ring' && first.legs.every((leg) => leg.kind === 'trunk' && leg.payer === undefined);
}
