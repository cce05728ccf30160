import { open, stat } from 'node:fs/promises';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import type { AriLog } from './ari-log.js';
import { type SecurityEvent, securityEvent } from './security-log.line.js';

export interface SecurityLogOptions {
  /** logger.conf's channel `security`. */
  readonly path: string;
  readonly everyMs: number;
  readonly log: AriLog;
}

const NEWLINE = 10;
const CHUNK_BYTES = 256 * 1024;
/** Longer "lines" are none of Asterisk's (its log buffer ends before). */
const MOST_LINE_BYTES = 64 * 1024;

/**
 * Hands on the security events that Asterisk writes to its log, from the start on, in order. The file may be missing, be
 * rotated (then the new one is read from its beginning) or be cut short; a line counts when its end is written.
 */
export class SecurityLog {
  private readonly listeners = new Set<(event: SecurityEvent) => void>();
  private cancelTimer: CancelTimer = () => undefined;
  private stopped = false;
  private file: number | undefined;
  private offset = 0;
  private rest = Buffer.alloc(0);

  constructor(
    private readonly options: SecurityLogOptions,
    private readonly clock: Clock,
  ) {}

  /** Returns how to stop listening. */
  onEvent(listener: (event: SecurityEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Begins at the present end of the file. Resolves when that is found: what is logged from then on is told. */
  async start(): Promise<void> {
    const found = await stat(this.options.path).catch(() => undefined);
    this.file = found?.ino;
    this.offset = found?.size ?? 0;
    this.wait();
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  private wait(): void {
    if (this.stopped) return;
    this.cancelTimer = this.clock.after(this.options.everyMs, () => void this.look().then(() => this.wait()));
  }

  /** Tells what was added since. Never rejects: a file that can't be read now is read the next time. */
  async look(): Promise<void> {
    try {
      await this.readOn();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      this.options.log.warn({ err: error, path: this.options.path }, 'the security log could not be read');
    }
  }

  private async readOn(): Promise<void> {
    const file = await open(this.options.path, 'r');
    try {
      const { ino, size } = await file.stat();
      if (ino !== this.file || size < this.offset) this.begin(ino);
      while (this.offset < size && !this.stopped) {
        const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size - this.offset));
        const { bytesRead } = await file.read(chunk, 0, chunk.length, this.offset);
        if (bytesRead === 0) return;
        this.offset += bytesRead;
        this.take(Buffer.concat([this.rest, chunk.subarray(0, bytesRead)]));
      }
    } finally {
      await file.close();
    }
  }

  private begin(ino: number): void {
    this.file = ino;
    this.offset = 0;
    this.rest = Buffer.alloc(0);
  }

  private take(bytes: Buffer): void {
    const end = bytes.lastIndexOf(NEWLINE);
    for (const line of bytes.toString('utf8', 0, Math.max(end, 0)).split('\n')) {
      const event = securityEvent(line);
      if (event !== undefined) this.tell(event);
    }
    const rest = bytes.subarray(end + 1);
    this.rest = rest.length > MOST_LINE_BYTES ? Buffer.alloc(0) : Buffer.from(rest);
  }

  private tell(event: SecurityEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        this.options.log.error({ err: error }, 'a security event handler threw');
      }
    }
  }
}
