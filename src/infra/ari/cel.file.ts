import { type FileHandle, open } from 'node:fs/promises';
import { celTime } from './cel.record.js';

const PROBE_BYTES = 64 * 1024;
const CHUNK_BYTES = 256 * 1024;
const MAX_LINE_BYTES = 64 * 1024;
const NEWLINE = 10;

/** Calls `take` with each complete line of the file logged at or after `sinceMs`, oldest first. A file that is not there has no lines. */
export async function readLinesSince(
  path: string,
  sinceMs: number,
  take: (line: string) => void,
): Promise<void> {
  const file = await openIfThere(path);
  if (file === undefined) return;
  try {
    const { size } = await file.stat();
    await eachLine(file, await offsetBefore(file, size, sinceMs), size, take);
  } finally {
    await file.close();
  }
}

/**
 * An offset at or before the first line of `sinceMs`: halves the file by the times of the lines found, since Asterisk
 * appends them in order. Where no time can be read it searches further back, so that damage costs speed, never lines.
 */
async function offsetBefore(file: FileHandle, size: number, sinceMs: number): Promise<number> {
  let low = 0;
  let high = size;
  while (high - low > PROBE_BYTES) {
    const middle = Math.floor((low + high) / 2);
    const at = await timeAfter(file, middle);
    if (at !== undefined && at < sinceMs) low = middle;
    else high = middle;
  }
  return low;
}

/** Time of the first whole line after `offset`. */
async function timeAfter(file: FileHandle, offset: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, offset);
  const [, ...lines] = buffer.toString('utf8', 0, bytesRead).split('\n');
  for (const line of lines) {
    const at = celTime(line);
    if (at !== undefined) return at;
  }
  return undefined;
}

/** The first line is given even if `offset` lies within it: whoever parses lines throws away a torn one. Ends at `size` or the last newline before. */
async function eachLine(
  file: FileHandle,
  offset: number,
  size: number,
  take: (line: string) => void,
): Promise<void> {
  let position = offset;
  let rest = Buffer.alloc(0);
  while (position < size) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size - position));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    const end = bytes.lastIndexOf(NEWLINE);
    for (const line of bytes.toString('utf8', 0, Math.max(end, 0)).split('\n')) take(line);
    // A "line" without an end is no line of ours; keeping it would cost memory without bound.
    rest = bytes.length - end > MAX_LINE_BYTES ? Buffer.alloc(0) : bytes.subarray(end + 1);
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
