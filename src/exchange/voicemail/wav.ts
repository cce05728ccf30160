import { type FileHandle, open } from 'node:fs/promises';

/** What Asterisk's format_wav writes: 44 bytes of header, then 16-bit linear mono at 8 kHz. */
const HEADER = 44;
const BYTES_PER_SECOND = 16_000;

export interface WavFacts {
  readonly durationMs: number;
}

/**
 * Makes a recording durable and says how long it is; undefined when it is no WAV of ours or holds no sound. Its two lengths
 * are written by Asterisk at the end only: after a crash of Asterisk they are wrong, and are put right here.
 */
export async function secureWav(path: string): Promise<WavFacts | undefined> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const header = Buffer.alloc(HEADER);
    const { bytesRead } = await file.read(header, 0, HEADER, 0);
    if (bytesRead < HEADER || !isOurs(header)) return undefined;
    const bytes = (size - HEADER) & ~1;
    if (bytes <= 0) return undefined;
    await putRight(file, header, bytes);
    await file.datasync();
    return { durationMs: Math.round((bytes * 1_000) / BYTES_PER_SECOND) };
  } finally {
    await file.close();
  }
}

const isOurs = (header: Buffer): boolean =>
  header.toString('latin1', 0, 4) === 'RIFF' &&
  header.toString('latin1', 8, 16) === 'WAVEfmt ' &&
  header.toString('latin1', 36, 40) === 'data' &&
  header.readUInt16LE(20) === 1 &&
  header.readUInt16LE(22) === 1 &&
  header.readUInt32LE(24) === 8_000 &&
  header.readUInt16LE(34) === 16;

async function putRight(file: FileHandle, header: Buffer, bytes: number): Promise<void> {
  if (header.readUInt32LE(40) === bytes && header.readUInt32LE(4) === bytes + HEADER - 8) return;
  header.writeUInt32LE(bytes + HEADER - 8, 4);
  header.writeUInt32LE(bytes, 40);
  await file.write(header, 0, HEADER, 0);
}
