import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import type { AttemptLimit } from '../access/attempts.js';
import { Limited } from '../access/limited.js';
import { orProblem } from '../answer.js';
import { CSV, NDJSON } from '../csv.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { Takes } from '../openapi/takes.js';
import { pageOf, pageQuery } from '../page.js';
import { Policy } from '../policy.js';
import { CurrentPrincipal, type Principal } from '../principal.js';
import { ImportReader } from './import-reader.js';
import { Imports } from './imports.service.js';
import { optionsOf } from './options.js';

const id = z.uuid();
const kind = z.string().regex(/^[a-z][a-z-]{1,39}$/, 'must be the name of a kind');
const newImport = z.strictObject({
  kind,
  /** The file's name, for people. */
  source: z.string().trim().min(1).max(200).default('upload'),
  /** Of this kind: see docs/bulk.md. */
  options: z.record(z.string().max(60), z.json()).default({}),
});
const list = pageQuery(z.uuid());
const badRows = pageQuery(z.number().int().min(0));

const IMPORTED: AttemptLimit = { purpose: 'import', minutes: 60, both: 120, source: 480, subject: 120 };

/** Files that are read in, with their progress and what was wrong with which row. */
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly imports: Imports,
    private readonly reader: ImportReader,
  ) {}

  /** Yours, newest first. */
  @Get()
  @Policy('imports.make')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: list }) { limit, cursor }: z.output<typeof list>,
  ) {
    return pageOf(await this.imports.list(principal, limit + 1, cursor), limit, (one) => one.id);
  }

  /** An import that waits for its file: PUT it to /v1/imports/:id/file. */
  @Post()
  @Limited(IMPORTED)
  @Policy('imports.make')
  @Idempotent()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newImport }) wanted: z.output<typeof newImport>,
  ) {
    const how = orProblem(this.imports.kindFor(principal, wanted.kind));
    const options = orProblem(optionsOf(how, wanted.options));
    return this.imports.create(principal, how, wanted.source, options);
  }

  /** Its progress while it runs: bytes and rows so far. */
  @Get(':id')
  @Policy('imports.make')
  async find(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) of: string) {
    return orProblem(await this.imports.find(principal, of));
  }

  /**
   * The body is the file itself, of any size (`text/csv`, or `application/x-ndjson`). Answers when all of it is read.
   * Broken off, the same file is sent again and goes on; when it is done already, nothing is done twice.
   */
  @Put(':id/file')
  @Takes(CSV, NDJSON)
  @Policy('imports.make')
  async file(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) of: string,
    @Req() request: Request,
  ) {
    const found = orProblem(await this.imports.find(principal, of));
    const how = orProblem(this.imports.kindFor(principal, found.kind));
    orProblem(await this.reader.read(of, how, principal, request));
    return orProblem(await this.imports.find(principal, of));
  }

  /** The rows that could not be read, each with its line and why. */
  @Get(':id/bad-rows')
  @Policy('imports.make')
  async badRows(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: id }) of: string,
    @Query({ schema: badRows }) { limit, cursor }: z.output<typeof badRows>,
  ) {
    orProblem(await this.imports.find(principal, of));
    return pageOf(await this.imports.badRows(of, limit + 1, cursor ?? 0), limit, ({ ordinal }) => ordinal);
  }

  /** Stops it where it is. */
  @Post(':id/cancellation')
  @HttpCode(200)
  @Policy('imports.make')
  @Idempotent()
  async cancel(@CurrentPrincipal() principal: Principal, @Param('id', { schema: id }) of: string) {
    return orProblem(await this.imports.cancel(principal, of));
  }
}
