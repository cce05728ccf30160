/** What a moment of a call's statistics says: packets that came, went missing, and their times in seconds. */
export interface Sample {
  readonly received: number;
  readonly lost: number;
  readonly jitter: number;
  readonly roundTrip: number | undefined;
}

export interface Quality {
  readonly lossPercent: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | undefined;
  readonly level: 'good' | 'fair' | 'poor';
}

/** Beyond these a talk becomes tiring, and then hard (ITU-T G.107/G.114: delay; loss as Opus without FEC hears it). */
const FAIR = { lossPercent: 2, jitterMs: 30, roundTripMs: 300 } as const;
const POOR = { lossPercent: 6, jitterMs: 60, roundTripMs: 600 } as const;

/** How well one hears the other, of what came since the sample before. */
export function qualityOf(before: Sample, now: Sample): Quality {
  const received = Math.max(0, now.received - before.received);
  const lost = Math.max(0, now.lost - before.lost);
  const expected = received + lost;
  const measured = {
    lossPercent: expected === 0 ? 0 : Math.round((lost / expected) * 1_000) / 10,
    jitterMs: Math.round(now.jitter * 1_000),
    roundTripMs: now.roundTrip === undefined ? undefined : Math.round(now.roundTrip * 1_000),
  };
  // Nothing at all came: whatever else is measured is of before.
  const level =
    expected === 0 || exceeds(measured, POOR) ? 'poor' : exceeds(measured, FAIR) ? 'fair' : 'good';
  return { ...measured, level };
}

const exceeds = (
  { lossPercent, jitterMs, roundTripMs = 0 }: Omit<Quality, 'level'>,
  limit: typeof FAIR | typeof POOR,
): boolean => lossPercent > limit.lossPercent || jitterMs > limit.jitterMs || roundTripMs > limit.roundTripMs;

type Report = Readonly<Record<string, unknown>> & { readonly type: string };

/** The statistics that matter of `RTCPeerConnection.getStats()` (W3C webrtc-stats); undefined before sound comes. */
export function sampleOf(reports: Iterable<Report>): Sample | undefined {
  let heard: Report | undefined;
  let roundTrip: number | undefined;
  for (const report of reports) {
    if (report.type === 'inbound-rtp' && report['kind'] === 'audio') heard = report;
    if (report.type === 'remote-inbound-rtp') roundTrip = numberOf(report['roundTripTime']) ?? roundTrip;
    if (report.type === 'candidate-pair' && report['state'] === 'succeeded' && report['nominated'] === true)
      roundTrip ??= numberOf(report['currentRoundTripTime']);
  }
  if (heard === undefined) return undefined;
  return {
    received: numberOf(heard['packetsReceived']) ?? 0,
    lost: numberOf(heard['packetsLost']) ?? 0,
    jitter: numberOf(heard['jitter']) ?? 0,
    roundTrip,
  };
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
