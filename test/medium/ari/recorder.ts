import { EventEmitter, once } from 'node:events';

/** Notes lines as they come; `seen` waits for one. Waiting is by event, never by time. */
export class Recorder {
  readonly lines: string[] = [];
  private readonly emitter = new EventEmitter();

  note(line: string): void {
    this.lines.push(line);
    this.emitter.emit('line');
  }

  /** Resolves when `count` lines that begin with `start` have been noted (at once if they have been). */
  async seen(start: string, count = 1): Promise<void> {
    while (this.count(start) < count) await once(this.emitter, 'line');
  }

  count(start: string): number {
    return this.lines.filter((line) => line.startsWith(start)).length;
  }
}
