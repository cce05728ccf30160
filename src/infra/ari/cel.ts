import { rename, stat } from 'node:fs/promises';
import { readLinesSince } from './cel.file.js';
import { type CelRecord, celChannel, celRecord } from './cel.record.js';

/** What the log proves about one channel. `hungUpAt` without `cause`: the channel ended, why is not logged. */
export interface ChannelEvidence {
  createdAt?: Date;
  answeredAt?: Date;
  hungUpAt?: Date;
  cause?: number;
}

export interface CelEvidence {
  /**
   * What happened to these channels at or after `since`, by channel id; a channel of which nothing is logged is absent.
   * Reads the current file and the one rotated away before it (`<file>.1`).
   */
  celEvidence(channelIds: ReadonlySet<string>, since: Date): Promise<ReadonlyMap<string, ChannelEvidence>>;
}

/** Lines of different channels may be this much out of order. */
const DISORDER_MS = 5_000;

/** Asterisk's channel event log, which it writes by itself: evidence of what happened while nobody listened. */
export class CelFile implements CelEvidence {
  constructor(private readonly path: string) {}

  async celEvidence(
    channelIds: ReadonlySet<string>,
    since: Date,
  ): Promise<ReadonlyMap<string, ChannelEvidence>> {
    const found = new Map<string, ChannelEvidence>();
    if (channelIds.size === 0) return found;
    const take = (line: string): void => {
      const record = channelIds.has(celChannel(line) ?? '') ? celRecord(line) : undefined;
      if (record !== undefined && record.at >= since)
        found.set(record.channelId, withRecord(found.get(record.channelId) ?? {}, record));
    };
    // The current file first: a rotation in between shows its lines twice rather than not at all.
    for (const path of [this.path, `${this.path}.1`])
      await readLinesSince(path, since.getTime() - DISORDER_MS, take);
    return found;
  }

  /**
   * Moves a file grown beyond `maxBytes` to `<file>.1`, over the one before. Asterisk opens the file anew for each event,
   * so it needs no signal. Returns whether it did. Only the exchange does this: two at once could lose a file.
   */
  async rotate(maxBytes: number): Promise<boolean> {
    const size = await sizeOf(this.path);
    if (size <= maxBytes) return false;
    await rename(this.path, `${this.path}.1`);
    return true;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** Adding a record twice changes nothing; CHAN_END stands in for a HANGUP that was not logged. */
function withRecord(evidence: ChannelEvidence, record: CelRecord): ChannelEvidence {
  switch (record.type) {
    case 'CHAN_START':
      return { ...evidence, createdAt: record.at };
    case 'ANSWER':
      return { ...evidence, answeredAt: evidence.answeredAt ?? record.at };
    case 'HANGUP':
      return {
        ...evidence,
        hungUpAt: record.at,
        ...(record.cause === undefined ? {} : { cause: record.cause }),
      };
    case 'CHAN_END':
      return { hungUpAt: record.at, ...evidence };
    default:
      return evidence;
  }
}
