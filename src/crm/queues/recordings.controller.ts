import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Put,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, ok } from '../../kernel/result.js';
import { companyFor, companyValues, type Seen, seenOf } from '../owner.js';
import { seenByCaller } from '../signed-in.js';
import { country } from './queue.fields.js';
import { recordingUnknown } from './queues.failures.js';
import { deleteRecording, recordingFile } from './recording-files.js';

interface RecordingView {
  readonly id: string;
  readonly callId: string;
  readonly queueCallId: string;
  readonly companyId: string | null;
  readonly agentId: string | null;
  readonly country: string;
  readonly startedAt: Date;
  readonly durationMs: number | null;
  readonly deleteAfter: Date;
  readonly deletedAt: Date | null;
}

/** With what a list says of the call. */
interface ListedRecording extends RecordingView {
  readonly queue: string | null;
  readonly agent: string | null;
  readonly callerNumber: string | null;
  readonly language: string | null;
}

const COLUMNS = `
  id, call_id AS "callId", queue_call_id AS "queueCallId", company_id AS "companyId", agent_id AS "agentId", country,
  started_at AS "startedAt", duration_ms AS "durationMs", delete_after AS "deleteAfter", deleted_at AS "deletedAt"`;
const SCOPE = '($1::boolean OR company_id IS NOT DISTINCT FROM $2)';
const LIST = `
  SELECT r.*, q.name AS queue, a.name AS agent, c.caller_number AS "callerNumber", c.language
    FROM (SELECT ${COLUMNS} FROM call_recording
           WHERE ${SCOPE} AND ($3::timestamptz IS NULL OR (started_at, id) < ($3, $4::uuid)) AND ($6::uuid IS NULL OR queue_call_id = $6)
           ORDER BY started_at DESC, id DESC LIMIT $5) r
    LEFT JOIN queue_call c ON c.id = r."queueCallId" LEFT JOIN call_queue q ON q.id = c.queue_id LEFT JOIN queue_agent a ON a.id = r."agentId"
   ORDER BY r."startedAt" DESC, r.id DESC`;
const uuid = z.uuid();
const page = pageQuery(z.tuple([z.iso.datetime(), z.uuid()])).extend({ queueCallId: z.uuid().optional() });
const rule = z.strictObject({
  mode: z.enum(['never', 'announced']),
  keepDays: z.number().int().min(1).max(3_650).default(30),
});

interface RecordingRule {
  /** Null: the operator's own. */
  readonly companyId: string | null;
  readonly country: string;
  readonly mode: 'never' | 'announced';
  readonly keepDays: number;
}

/** Recordings of talks, and the rules by which they are made: a company's own for its people. */
@Controller('v1')
export class RecordingsController {
  private readonly directory: string;

  constructor(
    private readonly db: Db,
    @Inject(CONFIG) config: Config,
  ) {
    this.directory = `${config.asteriskSpoolDir}/recording`;
  }

  /** The newest first. */
  @Get('call-recordings')
  @Policy('call-recordings.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: page }) query: z.output<typeof page>,
  ) {
    const { limit, cursor, queueCallId } = query;
    const [at, id] = cursor ?? [null, null];
    const found = await this.db.rows<ListedRecording>(LIST, [
      ...companyValues(seenByCaller(principal)),
      at,
      id,
      limit + 1,
      queueCallId ?? null,
    ]);
    return pageOf(found, limit, (one) => [one.startedAt.toISOString(), one.id]);
  }

  /** WAV, 16 bit, 8 kHz, mono. */
  @Get('call-recordings/:id/audio')
  @Policy('call-recordings.listen')
  @AnswersWith('audio/wav')
  async audio(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<StreamableFile> {
    const seen = seenByCaller(principal);
    // Whoever sees all companies' rows hears nobody's but the operator's own.
    await this.find(seen.only === null ? seenOf(null) : seen, id);
    const file = recordingFile(this.directory, id);
    const there = await access(file).then(
      () => true,
      () => false,
    );
    orProblem(there ? ok(undefined) : err(recordingUnknown(id)));
    return new StreamableFile(createReadStream(file), {
      type: 'audio/wav',
      disposition: `attachment; filename="${id}.wav"`,
    });
  }

  /** The audio; that there was one stays known. */
  @Delete('call-recordings/:id')
  @HttpCode(204)
  @Policy('call-recordings.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    await this.find(seenByCaller(principal), id);
    await deleteRecording(this.db, this.directory, id);
  }

  @Get('recording-rules')
  @Policy('call-recordings.read')
  async rules(@CurrentPrincipal() principal: Principal) {
    const items = await this.db.rows<RecordingRule>(
      `SELECT company_id AS "companyId", country, mode, keep_days AS "keepDays" FROM recording_rule
        WHERE ${SCOPE} ORDER BY company_id NULLS FIRST, country LIMIT 1000`,
      [...companyValues(seenByCaller(principal))],
    );
    return { items };
  }

  /** For calls from that country: the account's company's, or the operator's own, which counts where a company has none. */
  @Put('recording-rules/:country')
  @HttpCode(204)
  @Policy('call-recordings.manage')
  async setRule(
    @CurrentPrincipal() principal: Principal,
    @Param('country', { schema: country }) where: string,
    @Body({ schema: rule }) { mode, keepDays }: z.output<typeof rule>,
  ): Promise<void> {
    const seen = seenByCaller(principal);
    await this.db.run(
      `INSERT INTO recording_rule (company_id, country, mode, keep_days) VALUES ($1, $2, $3, $4)
       ON CONFLICT (company_id, country) DO UPDATE SET mode = excluded.mode, keep_days = excluded.keep_days`,
      [companyFor(seen, null), where, mode, keepDays],
    );
  }

  private async find(seen: Seen, id: string): Promise<RecordingView> {
    const [found] = await this.db.rows<RecordingView>(
      `SELECT ${COLUMNS} FROM call_recording WHERE ${SCOPE} AND id = $3`,
      [...companyValues(seen), id],
    );
    return orProblem(found === undefined ? err(recordingUnknown(id)) : ok(found));
  }
}
