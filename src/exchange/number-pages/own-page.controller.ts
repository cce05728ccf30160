import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure, ok } from '../../kernel/result.js';
import { isOnDomain } from './domain/home-page.js';

const numberKey = z
  .string()
  .regex(/^[0-9]{3,20}#?$/, 'must be a number as it is kept: 0262006200082, 62006200#');
const title = z.string().trim().min(1).max(100);
const shown = z.discriminatedUnion('shows', [
  z.strictObject({
    shows: z.literal('home-page'),
    title,
    homePage: z.url({ protocol: /^https?$/ }).max(500),
  }),
  z.strictObject({ shows: z.literal('mail'), title, mailTo: z.email().max(254) }),
  z.strictObject({ shows: z.literal('call'), title }),
]);

interface Own {
  readonly assignmentId: string;
  readonly holderId: string;
}

interface ShownPage {
  readonly shows: 'nothing' | 'home-page' | 'mail' | 'call';
  readonly title: string | null;
  readonly homePage: string | null;
  readonly mailTo: string | null;
}

/** What the web shows for one's own number. */
@Controller('v1/numbers/:key/page')
export class OwnPageController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('number-pages.manage')
  async page(@CurrentPrincipal() principal: Principal, @Param('key', { schema: numberKey }) key: string) {
    const { assignmentId } = await this.own(principal, key);
    const [page] = await this.db.rows<ShownPage>(
      `SELECT p.shows, p.title, p.home_page AS "homePage", e.address AS "mailTo"
         FROM number_page p LEFT JOIN email_identity e ON e.id = p.mail_to WHERE p.assignment_id = $1`,
      [assignmentId],
    );
    const nothing: ShownPage = { shows: 'nothing', title: null, homePage: null, mailTo: null };
    return page ?? nothing;
  }

  @Put()
  @Policy('number-pages.manage')
  async show(
    @CurrentPrincipal() principal: Principal,
    @Param('key', { schema: numberKey }) key: string,
    @Body({ schema: shown }) wanted: z.output<typeof shown>,
  ) {
    const own = await this.own(principal, key);
    const homePage = wanted.shows === 'home-page' ? await this.provedPage(own, wanted.homePage) : null;
    const mailTo = wanted.shows === 'mail' ? await this.provedAddress(own, wanted.mailTo) : null;
    await this.db.run(
      `INSERT INTO number_page (assignment_id, shows, title, home_page, mail_to) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (assignment_id) DO UPDATE SET shows = excluded.shows, title = excluded.title,
         home_page = excluded.home_page, mail_to = excluded.mail_to`,
      [own.assignmentId, wanted.shows, wanted.title, homePage, mailTo],
    );
    return this.page(principal, key);
  }

  @Delete()
  @HttpCode(204)
  @Policy('number-pages.manage')
  async hide(
    @CurrentPrincipal() principal: Principal,
    @Param('key', { schema: numberKey }) key: string,
  ): Promise<void> {
    const { assignmentId } = await this.own(principal, key);
    await this.db.run('DELETE FROM number_page WHERE assignment_id = $1', [assignmentId]);
  }

  private async own({ memberId, companyId, roles }: Principal, key: string): Promise<Own> {
    const holders = [memberId, roles.includes('company-admin') ? companyId : null];
    const [own] = await this.db.rows<Own>(
      `SELECT id AS "assignmentId", holder_id AS "holderId" FROM number_assignment
        WHERE key = $1 AND holder_id = ANY($2::uuid[])`,
      [key, holders.filter((id) => id !== null)],
    );
    return orProblem(own === undefined ? err(numberUnknown) : ok(own));
  }

  /** Nobody leads our visitors to a page of somebody else: its domain must be proved to be the holder's. */
  private async provedPage({ holderId }: Own, text: string): Promise<string> {
    const url = new URL(text);
    const domains = await this.db.rows<{ domain: string }>(
      'SELECT domain FROM domain_identity WHERE member_id = $1 AND verified_at IS NOT NULL',
      [holderId],
    );
    const proved = url.username === '' && domains.some(({ domain }) => isOnDomain(url, domain));
    return orProblem(proved ? ok(url.href) : err(notProved));
  }

  private async provedAddress({ holderId }: Own, address: string): Promise<string> {
    const [found] = await this.db.rows<{ id: string }>(
      'SELECT id FROM email_identity WHERE member_id = $1 AND address = lower($2) AND verified_at IS NOT NULL',
      [holderId, address],
    );
    return orProblem(found === undefined ? err(notProved) : ok(found.id));
  }
}

const numberUnknown = failure('number.unknown', 'There is no such number of yours.', {
  hint: 'GET /v1/number-pages lists yours',
});
const notProved = failure('number-page.mismatch', 'That is not proved to be yours.', {
  hint: 'prove the domain or e-mail address first, under your identities',
});
