import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { Request } from 'express';
import { failure } from '../../kernel/result.js';
import { ProblemError } from './problem.js';

/** The body of a CSV upload as it comes; anything else than `text/csv` is refused. */
export function csvBody(request: Request): AsyncIterable<Uint8Array> {
  if (request.is('text/csv') !== 'text/csv') throw new ProblemError(notCsv);
  return request;
}

/** A CSV answer to be saved under that name. */
export const csvFile = (stream: Readable, name: string): StreamableFile =>
  new StreamableFile(stream, {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}"`,
  });

const notCsv = failure('csv-file.unsupported-media-type', 'the body must be the CSV file', {
  hint: 'send content-type text/csv',
});
