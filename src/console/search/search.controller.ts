import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { houseOnly } from '../../exchange/index.js';
import { Db } from '../../infra/db/db.js';
import { decideAccess, Policy, ruleOf } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { numberForPeople } from '../../numbering/index.js';
import { type Hit, type SearchGroup, searchGroups } from './search.queries.js';
import { type SearchKeys, searchKeys } from './search-keys.js';

const question = z.strictObject({
  q: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must have no control characters'),
});

interface Found {
  readonly kind: string;
  readonly items: readonly Hit[];
}

/** One box for everything that the house knows: each kind of thing for whoever may see its own page. */
@Controller('v1/search')
export class SearchController {
  constructor(private readonly db: Db) {}

  /** By a number in any spelling, a name's beginning, an e-mail address, an id, an invoice's number; up to eight of a kind. */
  @Get()
  @Policy('console.read')
  async search(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: question }) { q }: z.output<typeof question>,
  ): Promise<{ readonly groups: readonly Found[] }> {
    houseOnly(principal);
    const keys = searchKeys(q);
    const groups = await Promise.all(
      searchGroups.filter((group) => isFor(principal, group)).map((group) => this.look(group, keys)),
    );
    return { groups: groups.filter(({ items }) => items.length > 0) };
  }

  private async look({ kind, lookup }: SearchGroup, keys: SearchKeys): Promise<Found> {
    const wanted = lookup(keys);
    if (wanted === undefined) return { kind, items: [] };
    const items = await this.db.rows<Hit>(wanted.sql, wanted.values);
    return { kind, items: kind === 'call' ? items.map(forPeople) : items };
  }
}

const isFor = ({ roles, by }: Principal, { policy }: SearchGroup): boolean =>
  decideAccess(ruleOf(policy), { fromThisHost: false, signedIn: { roles, by } }) === 'allowed';

const forPeople = ({ title, ...hit }: Hit): Hit => ({
  ...hit,
  title: title.split(' → ').map(numberForPeople).join(' → '),
});
