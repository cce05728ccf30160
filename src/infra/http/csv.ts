import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CsvFile, type RecordFile } from '../../kernel/csv-file.js';
import { NdjsonFile } from '../../kernel/ndjson-file.js';
import { failure } from '../../kernel/result.js';
import { tellProblem } from './problem.filter.js';
import { ProblemError } from './problem.js';

export const CSV = 'text/csv';
export const NDJSON = 'application/x-ndjson';

/** The records of an uploaded file: CSV, or one JSON object a line; anything else is refused. */
export function recordsIn(request: Request, body: AsyncIterable<Uint8Array> = request): RecordFile {
  switch (request.is([CSV, NDJSON])) {
    case CSV:
      return new CsvFile(body);
    case NDJSON:
      return new NdjsonFile(body);
    default:
      throw new ProblemError(noFile);
  }
}

/** A CSV answer to be saved under that name. */
export const csvFile = (stream: Readable, name: string): StreamableFile =>
  streamed(stream, `${CSV}; charset=utf-8`, name);

/** An answer that is made while it is sent. One that breaks off ends without its last chunk: half a file must not pass for a whole one. */
export function streamed(stream: Readable, type: string, name: string): StreamableFile {
  const file = new StreamableFile(stream, { type, disposition: `attachment; filename="${name}"` });
  return file.setErrorHandler((error, to) => {
    const response = to as unknown as Response;
    if (!response.destroyed) tellProblem(error, response, (response.req as Request & { id: string }).id);
  });
}

const noFile = failure('csv-file.unsupported-media-type', 'the body must be the file itself', {
  hint: `send content-type ${CSV}, or ${NDJSON} with one JSON object a line`,
});
