export interface Deck {
  readonly id: string;
  readonly name: string;
  readonly direction: 'sale' | 'carrier';
  readonly currency: string;
  readonly decimals: number;
  readonly onNetFree: boolean;
}

export interface Version {
  readonly id: string;
  readonly deckId: string;
  readonly source: string;
  readonly goodRows: number;
  readonly badRows: number;
  readonly createdAt: string;
  readonly importedAt: string | null;
  readonly activeFrom: string | null;
}

export interface DeckDiff {
  readonly against: string | null;
  readonly unchanged: number;
  readonly counts: Readonly<Record<'added' | 'removed' | 'dearer' | 'cheaper' | 'terms', number>>;
  readonly examples: readonly {
    readonly change: 'added' | 'removed' | 'dearer' | 'cheaper' | 'terms';
    readonly prefix: string;
    readonly destination: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

/** Where a version is on its way. */
export function stageOf(
  { importedAt, activeFrom }: Version,
  now: number,
): 'importing' | 'draft' | 'scheduled' | 'active' {
  if (importedAt === null) return 'importing';
  if (activeFrom === null) return 'draft';
  return Date.parse(activeFrom) > now ? 'scheduled' : 'active';
}
