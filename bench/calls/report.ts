import type { HighestRate } from './highest-rate.js';
import type { Machine } from './machine.js';
import type { Measurement } from './measurement.js';
import type { Options, PeerName } from './options.js';
import type { ByPart } from './usage.js';

/** The whole result of a run: what `--json` prints. */
export interface Report {
  readonly bench: 'calls';
  readonly at: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly options: Options;
  readonly idleCpuMsPerSecond: Readonly<Partial<Record<PeerName, ByPart>>>;
  readonly rates: readonly RateReport[];
  readonly highestRates: readonly HighestRate[] | undefined;
}

export interface RateReport {
  readonly rate: number;
  readonly measurements: readonly Measurement[];
  readonly ratios: readonly Ratio[];
}

/** One peer's figures divided by another's of the same run: the only claim that travels to other machines. */
export interface Ratio {
  readonly of: PeerName;
  readonly to: PeerName;
  readonly totalCpu: number;
  readonly p95Delay: number | undefined;
}

export function ratiosOf(measurements: readonly Measurement[]): readonly Ratio[] {
  return measurements.flatMap((one, index) =>
    measurements.slice(0, index).map((other) => ({
      of: one.peer,
      to: other.peer,
      totalCpu: one.totalCpuMsPerCall.median / other.totalCpuMsPerCall.median,
      p95Delay:
        one.delayMs === undefined || other.delayMs === undefined
          ? undefined
          : one.delayMs.p95 / other.delayMs.p95,
    })),
  );
}
