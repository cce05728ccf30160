import type { CancelTimer, Clock } from '../../../kernel/clock.js';
import type { Log } from '../../log/log.js';
import type { Numbered } from './event-history.js';
import type { Place } from './page-event.js';
import type { PageTopics } from './page-topics.js';

/** What is read for a page while its event waits: more than NOTIFY may carry, and only when somebody listens. */
export type Along = Readonly<Record<string, unknown>> | undefined;

/** A page that waits longer is told without, and reads by itself. */
const LONGEST_MS = 250;

/** What goes along with events; read once an event and place, for however many listen. */
export class EventAlong {
  private readonly known = new WeakMap<Numbered, Map<string, Promise<Along>>>();

  constructor(
    private readonly topics: Pick<PageTopics, 'along'>,
    private readonly clock: Clock,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /** Undefined where nothing does: such an event waits for nobody. */
  of(one: Numbered, place: Place): Promise<Along> | undefined {
    const key = `${place.topic} ${place.key}`;
    const ofEvent = this.known.get(one) ?? new Map<string, Promise<Along>>();
    const known = ofEvent.get(key);
    if (known !== undefined) return known;
    const reading = this.topics.along(place, one.event);
    if (reading === undefined) return undefined;
    const bounded = this.bounded(reading, one.event.type);
    this.known.set(one, ofEvent.set(key, bounded));
    return bounded;
  }

  private async bounded(reading: Promise<Along>, type: string): Promise<Along> {
    let cancel: CancelTimer = () => undefined;
    const late = new Promise<undefined>((resolve) => {
      cancel = this.clock.after(LONGEST_MS, () => resolve(undefined));
    });
    const read = reading.catch((error: unknown) => {
      this.log.warn({ err: error, type }, 'pages are told without what should go along');
      return undefined;
    });
    try {
      return await Promise.race([read, late]);
    } finally {
      cancel();
    }
  }
}
