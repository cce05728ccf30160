/** One line of a deck as people write and the database keeps it: seconds, and prices by the period's name. */
export interface DeckRow {
  /** E.164 digits without `+`; '' = everywhere. */
  readonly prefix: string;
  readonly destination: string;
  /** Micro-units of the deck's currency. */
  readonly connectFee: bigint;
  readonly perMinute: bigint;
  /** By index of the version's periods; undefined = `perMinute`. */
  readonly perPeriod: readonly (bigint | undefined)[];
  readonly firstS: number;
  readonly nextS: number;
  readonly minimumS: number;
  readonly freeS: number;
  /** undefined = always, for ever. */
  readonly validFrom: Date | undefined;
  readonly validTo: Date | undefined;
}
