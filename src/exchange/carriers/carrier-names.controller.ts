import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { slug } from '../fields.js';

const listQuery = pageQuery(slug);

/** Other companies whose numbers a member may have, by name: what he chooses from when he enters one. */
@Controller('v1/carrier-names')
export class CarrierNamesController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('identities.read')
  async list(
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ): Promise<Page<{ readonly id: string; readonly name: string }>> {
    const found = await this.db.rows<{ id: string; name: string }>(
      'SELECT id, name FROM voip_carrier WHERE enabled AND ($1::text IS NULL OR id > $1) ORDER BY id LIMIT $2',
      [cursor ?? null, limit + 1],
    );
    return pageOf(found, limit, ({ id }) => id);
  }
}
