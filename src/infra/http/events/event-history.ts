import { randomBytes } from 'node:crypto';
import type { PageEvent } from './page-event.js';

export interface Numbered {
  readonly id: string;
  readonly event: PageEvent;
}

/**
 * The newest events, so that a page whose connection broke hears what it missed. Ids are `<epoch>.<number>`; after a time when nothing was
 * heard of PostgreSQL (`forget`) a new epoch begins: ids of the one before say nothing any more.
 */
export class EventHistory {
  private epoch = newEpoch();
  private next = 1;
  private kept: Numbered[] = [];

  constructor(private readonly most: number) {}

  /** The id of the newest event: whoever starts now has heard everything up to it. */
  get latest(): string {
    return `${this.epoch}.${this.next - 1}`;
  }

  add(event: PageEvent): Numbered {
    const numbered = { id: `${this.epoch}.${this.next++}`, event };
    this.kept.push(numbered);
    if (this.kept.length >= 2 * this.most) this.kept = this.kept.slice(-this.most);
    return numbered;
  }

  forget(): void {
    this.epoch = newEpoch();
    this.next = 1;
    this.kept = [];
  }

  /** What came after that id; undefined when that can't be said. */
  since(id: string): readonly Numbered[] | undefined {
    const [epoch, text = ''] = id.split('.', 2);
    if (epoch !== this.epoch || !/^\d{1,15}$/.test(text)) return undefined;
    const missing = this.next - 1 - Number(text);
    if (missing < 0 || missing > this.kept.length) return undefined;
    return missing === 0 ? [] : this.kept.slice(-missing);
  }
}

const newEpoch = (): string => randomBytes(6).toString('hex');
