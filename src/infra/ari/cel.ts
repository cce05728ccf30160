import { readLinesSince } from './cel.file.js';
import { type CelRecord, celRecord } from './cel.record.js';

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
      const record = celRecord(line);
      if (record !== undefined && channelIds.has(record.channelId) && record.at >= since)
        found.set(record.channelId, withRecord(found.get(record.channelId) ?? {}, record));
    };
    // The current file first: a rotation in between shows its lines twice rather than not at all.
    for (const path of [this.path, `${this.path}.1`])
      await readLinesSince(path, since.getTime() - DISORDER_MS, take);
    return found;
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
