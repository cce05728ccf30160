/** What somebody tried: `source` is an IPv4 address or an IPv6 /64. */
export interface Tried {
  readonly kind: 'auth.succeeded' | 'auth.failed' | 'acl.refused' | 'request.refused';
  readonly source: string;
  readonly at: Date;
}

/** A source that has done enough: of which kind, and how often. */
export interface BanWish {
  readonly source: string;
  readonly tries: number;
  readonly reason: 'guessing' | 'scanning';
}

interface Known {
  /** When each try was made, oldest first. */
  guesses: number[];
  scans: number[];
  succeededAt: number;
}

/** Tries count for so long. */
export const WINDOW_MS = 10 * 60_000;
/** Wrong secrets, or accounts that are not: a person who mistypes his is not among those. */
export const MOST_GUESSES = 10;
/** Requests that nobody who was given an account sends, and challenges that nobody answers. */
export const MOST_SCANS = 60;
/** Where telephones of ours log in from: as long as a registration lasts at most, and some. */
const TRUSTED_MS = 2 * 3_600_000;
const MOST_SOURCES = 20_000;

/**
 * Counts what each source tried. Two kinds are kept apart, since a UDP source address can be forged: a *guess* answers our own
 * challenge, so its sender receives what we send there; a *scan* may come from anybody. From where telephones of ours log in, neither
 * leads to a ban: a wrong phone in an office must not cut off the office, nor its calls for help, and a forger must not do it for him.
 */
export class BanBook {
  private readonly sources = new Map<string, Known>();

  /** The ban that this event leads to, if it does: then the source begins anew. */
  note({ kind, source, at }: Tried): BanWish | undefined {
    // It is banned already: a call of it that goes on, or a forger, must not lengthen that.
    if (kind === 'acl.refused') return undefined;
    const known = this.known(source);
    const now = at.getTime();
    if (kind === 'auth.succeeded') {
      known.succeededAt = now;
      known.guesses = [];
      known.scans = [];
      return undefined;
    }
    if (now - known.succeededAt < TRUSTED_MS) return undefined;
    const tries = kind === 'auth.failed' ? known.guesses : known.scans;
    tries.push(now);
    while ((tries[0] ?? now) <= now - WINDOW_MS) tries.shift();
    if (known.guesses.length < MOST_GUESSES && known.scans.length < MOST_SCANS) return undefined;
    this.sources.delete(source);
    const guessing = known.guesses.length >= MOST_GUESSES;
    return {
      source,
      tries: guessing ? known.guesses.length : known.scans.length,
      reason: guessing ? 'guessing' : 'scanning',
    };
  }

  private known(source: string): Known {
    const known = this.sources.get(source) ?? {
      guesses: [],
      scans: [],
      succeededAt: Number.NEGATIVE_INFINITY,
    };
    // The one that was quiet longest is forgotten first.
    this.sources.delete(source);
    this.sources.set(source, known);
    if (this.sources.size > MOST_SOURCES) this.sources.delete(this.sources.keys().next().value ?? source);
    return known;
  }
}
