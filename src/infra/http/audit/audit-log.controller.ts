import { Readable } from 'node:stream';
import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { NDJSON, streamed } from '../csv.js';
import { AnswersWith } from '../openapi/answers-with.js';
import { type Page, pageOf, pageQuery } from '../page.js';
import { Policy } from '../policy.js';
import { type AuditEntryView, AuditLog } from './audit-log.service.js';

const name = z.string().min(1).max(200);
const filter = {
  targetKind: name.optional(),
  targetId: name.optional(),
  accountId: z.uuid().optional(),
  onBehalfOf: z.uuid().optional(),
  requestId: z.uuid().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
};
const entriesQuery = pageQuery(z.string().regex(/^[0-9]{1,18}$/)).extend(filter);
const exportQuery = z.strictObject(filter);

@Controller('v1/audit-entries')
export class AuditLogController {
  constructor(private readonly log: AuditLog) {}

  /** Who changed what, newest first: by target, by account, by whose behalf, by request, by time. */
  @Get()
  @Policy('audit.read')
  async list(
    @Query({ schema: entriesQuery }) query: z.output<typeof entriesQuery>,
  ): Promise<Page<AuditEntryView>> {
    const { limit, cursor, ...wanted } = query;
    return pageOf(await this.log.page(wanted, limit + 1, cursor), limit, ({ id }) => id);
  }

  /** The same as a file, one JSON object a line. */
  @Get('export.ndjson')
  @Policy('audit.read')
  @AnswersWith('application/x-ndjson')
  export(@Query({ schema: exportQuery }) wanted: z.output<typeof exportQuery>): StreamableFile {
    return streamed(
      Readable.from(this.log.lines(wanted)),
      `${NDJSON}; charset=utf-8`,
      'audit-entries.ndjson',
    );
  }
}
