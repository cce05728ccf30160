/** One channel event as Asterisk logged it; `cause` (Q.850) only with a hang-up. */
export interface CelRecord {
  readonly type: string;
  readonly at: Date;
  readonly channelId: string;
  readonly cause?: number;
}

/** Events that cel.conf turns on. */
export type CelEvent = 'CHAN_START' | 'ANSWER' | 'HANGUP' | 'CHAN_END';

const NORMAL_CLEARING = 16;
/** Field order is asterisk/node/cel_custom.conf's: EventType,EventTime,UniqueID,LinkedID,ChanName,EventExtra; all quoted, `""` for a quote. The extra is a JSON object or empty. */
const LINE =
  /^"([A-Z_]+)","(\d{1,12})\.(\d{6})","((?:[^"]|"")*)","(?:[^"]|"")*","(?:[^"]|"")*","((?:\{(?:[^"]|"")*\})?)"\r?$/;
const TIME = /^"[A-Z_]+","(\d{1,12})\.(\d{6})",/;

/** The record in a line, or undefined for a line cut off or not ours. */
export function celRecord(line: string): CelRecord | undefined {
  const match = LINE.exec(line);
  if (match === null) return undefined;
  const [, type = '', seconds = '', micros = '', id = '', extra = ''] = match;
  const cause = type === 'HANGUP' ? causeOf(extra.replaceAll('""', '"')) : undefined;
  return {
    type,
    at: dateOf(seconds, micros),
    channelId: id.replaceAll('""', '"'),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** Only the time of a line (milliseconds since 1970), for searching; undefined for a line cut off or not ours. */
export function celTime(line: string): number | undefined {
  const match = TIME.exec(line);
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : dateOf(match[1], match[2]).getTime();
}

/** `eventtime` without a dateformat is `<epoch seconds>.<microseconds>`: UTC, whatever the host's zone is. */
function dateOf(seconds: string, micros: string): Date {
  return new Date(Number(seconds) * 1000 + Math.floor(Number(micros) / 1000));
}

/** A remote BYE is logged as cause 0; ARI's ChannelDestroyed reports the same hang-up as 16. */
function causeOf(extra: string): number | undefined {
  const logged = /"hangupcause":(\d{1,3})\b/.exec(extra)?.[1];
  return logged === undefined ? undefined : Number(logged) || NORMAL_CLEARING;
}
