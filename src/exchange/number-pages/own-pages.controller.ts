import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';

const query = pageQuery(z.tuple([z.string().max(40)]));

interface Own {
  readonly key: string;
  /** As people read it. */
  readonly display: string;
  readonly kind: 'pin' | 'vns';
  readonly shows: 'home-page' | 'mail' | 'call' | 'nothing';
  readonly title: string | null;
}

const OWN = `
  SELECT a.key, a.display, a.kind, coalesce(p.shows, 'nothing') AS shows, p.title
    FROM number_assignment a LEFT JOIN number_page p ON p.assignment_id = a.id
   WHERE a.holder_id = ANY($1::uuid[]) AND ($2::text IS NULL OR a.key > $2)
   ORDER BY a.key LIMIT $3`;

/** All numbers that one has, bought in the shop or not, and what the web shows for each. */
@Controller('v1/number-pages')
export class OwnPagesController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('number-pages.manage')
  async list(
    @CurrentPrincipal() { memberId, companyId, roles }: Principal,
    @Query({ schema: query }) { limit, cursor }: z.output<typeof query>,
  ) {
    const holders = [memberId, roles.includes('company-admin') ? companyId : null];
    const found = await this.db.rows<Own>(OWN, [
      holders.filter((id) => id !== null),
      cursor?.[0] ?? null,
      limit + 1,
    ]);
    return pageOf(found, limit, ({ key }) => [key]);
  }
}
