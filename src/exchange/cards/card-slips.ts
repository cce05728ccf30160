/** What was keyed in behind a card's code: number and PIN code. */
type Slip = string;

const MOST = 1_000;

/**
 * A card's number and PIN code on their way from what was dialled to the service that looks at them. They stay in memory: neither the
 * call's record nor its trace, its saved state or a log may show a PIN code.
 */
export class CardSlips {
  private readonly slips = new Map<string, Slip>();

  keep(channel: string, slip: Slip): void {
    // Of calls that never came to their service the oldest go.
    for (const oldest of this.slips.keys()) {
      if (this.slips.size < MOST) break;
      this.slips.delete(oldest);
    }
    this.slips.set(channel, slip);
  }

  /** Once. */
  take(channel: string): Slip | undefined {
    const slip = this.slips.get(channel);
    this.slips.delete(channel);
    return slip;
  }
}
