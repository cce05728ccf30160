import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { err, ok } from '../../kernel/result.js';
import { countryOfNumber } from '../../numbering/index.js';
import { campaignMoves, campaignStates } from '../domain/campaign-states.js';
import { countryCode, languageTag, oneLine, partyNumber, plainText, uuid } from '../fields.js';
import { seenByCaller } from '../signed-in.js';
import {
  type Added,
  addContacts,
  CAMPAIGN_COLUMNS,
  type CampaignRow,
  candidateOf,
  type GivenNumber,
  moveCampaign,
  nobodyAdded,
  progressOf,
  seenCampaign,
  sumOf,
} from './campaigns.service.js';
import type { ContactRow } from './contacts.service.js';
import { SEGMENTS, unknown as segmentUnknown } from './segments.controller.js';
import { customersIn } from './segments.js';

const PART = 1_000;
const clock = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'must be a time, like 09:00');
const newCampaign = z
  .strictObject({
    name: oneLine(100),
    script: z.union([plainText(5_000), z.literal('')]).default(''),
    fromTime: clock.default('09:00'),
    toTime: clock.default('20:00'),
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5]),
    maxAttempts: z.number().int().min(1).max(10).default(3),
    retryMinutes: z.number().int().min(5).max(43_200).default(120),
  })
  .refine(({ fromTime, toTime }) => fromTime < toTime, {
    path: ['toTime'],
    message: 'must be after fromTime',
  });
const list = pageQuery(uuid);
const moved = z.strictObject({ move: z.enum(campaignMoves) });
const given = z.strictObject({
  number: partyNumber,
  name: oneLine(200).optional(),
  language: languageTag.optional(),
  country: countryCode.optional(),
});
const added = z.union([
  z.strictObject({ segmentId: uuid }),
  z.strictObject({ numbers: z.array(given).min(1).max(1_000) }),
]);

@Controller('v1/campaigns')
export class CampaignsController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('campaigns.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    const { own } = seenByCaller(principal);
    const found = await this.db.rows<CampaignRow>(NEWEST, [own, cursor ?? null, limit + 1]);
    return pageOf(found, limit, ({ id }) => id);
  }

  @Post()
  @Policy('campaigns.manage')
  @Idempotent()
  async add(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newCampaign }) wanted: z.output<typeof newCampaign>,
  ) {
    const { own } = seenByCaller(principal);
    const { name, script, fromTime, toTime, days, maxAttempts, retryMinutes } = wanted;
    const values = [
      newId(),
      own,
      name,
      script,
      campaignStates.initial,
      fromTime,
      toTime,
      [...new Set(days)],
      maxAttempts,
      retryMinutes,
    ];
    const [made] = await this.db.rows<CampaignRow>(ADD, [...values, principal.accountId]);
    return made;
  }

  @Get(':id')
  @Policy('campaigns.read')
  async one(@CurrentPrincipal() principal: Principal, @Param('id', { schema: uuid }) id: string) {
    const found = orProblem(await seenCampaign(this.db, seenByCaller(principal), id));
    return { ...found, progress: await progressOf(this.db, found.id) };
  }

  @Post(':id/moves')
  @Policy('campaigns.manage')
  @Idempotent()
  async move(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: moved }) { move }: z.output<typeof moved>,
  ) {
    const found = orProblem(await seenCampaign(this.db, seenByCaller(principal), id));
    return orProblem(await this.db.inTx((tx) => moveCampaign(tx, found.id, move)));
  }

  @Get(':id/contacts')
  @Policy('campaigns.read')
  async contacts(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    const found = orProblem(await seenCampaign(this.db, seenByCaller(principal), id));
    const rows = await this.db.rows<ListedContact>(CONTACTS, [found.id, cursor ?? null, limit + 1]);
    return pageOf(rows, limit, (row) => row.id);
  }

  @Post(':id/contacts')
  @Policy('campaigns.manage')
  @Idempotent()
  async addContacts(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: added }) wanted: z.output<typeof added>,
  ): Promise<Added> {
    const campaign = orProblem(await seenCampaign(this.db, seenByCaller(principal), id));
    return 'segmentId' in wanted
      ? this.addSegment(campaign, wanted.segmentId)
      : this.addNumbers(campaign, wanted.numbers);
  }

  /** A part at a time: each is a transaction of its own, and doing it again adds nobody twice. */
  private async addSegment(campaign: CampaignRow, segmentId: string): Promise<Added> {
    const found = await SEGMENTS.one(this.db, { id: segmentId, owner: campaign.owner });
    const { filter } = orProblem(found === undefined ? err(segmentUnknown) : ok(found));
    let sum = nobodyAdded;
    let after: string | undefined;
    for (;;) {
      const part = await customersIn(this.db, campaign.owner, filter, after, PART);
      sum = sumOf(sum, await this.db.inTx((tx) => addContacts(tx, campaign, part)));
      after = part.at(-1)?.id;
      if (part.length < PART) return sum;
    }
  }

  private addNumbers(campaign: CampaignRow, numbers: readonly z.output<typeof given>[]): Promise<Added> {
    return this.db.inTx(async (tx) => {
      const candidates = [];
      // In one order everywhere: two imports of the same numbers never wait for each other in a circle.
      for (const one of numbers.toSorted((a, b) => (a.number < b.number ? -1 : 1))) {
        const wanted: GivenNumber = { ...one, country: one.country ?? countryOfNumber(one.number) };
        candidates.push(await candidateOf(tx, campaign.owner, wanted));
      }
      return addContacts(tx, campaign, candidates);
    });
  }
}

const NEWEST = `
  SELECT ${CAMPAIGN_COLUMNS} FROM campaign WHERE owner = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`;
const ADD = `
  INSERT INTO campaign (id, owner, name, script, status, from_time, to_time, days, max_attempts, retry_minutes, created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${CAMPAIGN_COLUMNS}`;
interface ListedContact
  extends Pick<ContactRow, 'id' | 'customerId' | 'number' | 'language' | 'state' | 'attempts' | 'outcome'> {
  readonly name: string | null;
  readonly zones: readonly string[];
  readonly nextAt: Date | null;
}
const CONTACTS = `
  SELECT c.id, c.customer_id AS "customerId", k.name, c.number, c.language, c.zones, c.state, c.attempts, c.outcome, c.next_at AS "nextAt"
    FROM campaign_contact c JOIN customer k ON k.id = c.customer_id
   WHERE c.campaign_id = $1 AND ($2::uuid IS NULL OR c.id > $2) ORDER BY c.id LIMIT $3`;
