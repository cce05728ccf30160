import { type Clock, systemClock } from '../../kernel/clock.js';

/** From one place: so many at once, and then so many a second. Whoever types is never stopped; whoever copies the plan is. */
const BURST = 60;
const A_SECOND = 15;
/** Then the places that have long been silent are forgotten. */
const MOST_PLACES = 50_000;

/** Searches cost processor time and need no signing in: each place may ask so often, counted in this process. */
export class AskingRate {
  private readonly places = new Map<string, { left: number; at: number }>();

  constructor(private readonly clock: Clock = systemClock) {}

  /** Whether that place may ask now. */
  admits(place: string): boolean {
    const now = this.clock.elapsed();
    const known = this.places.get(place) ?? { left: BURST, at: now };
    const left = Math.min(BURST, known.left + ((now - known.at) / 1_000) * A_SECOND);
    this.places.delete(place);
    this.places.set(place, { left: left < 1 ? left : left - 1, at: now });
    if (this.places.size > MOST_PLACES) {
      const oldest = this.places.keys().next();
      if (!oldest.done) this.places.delete(oldest.value);
    }
    return left >= 1;
  }
}
