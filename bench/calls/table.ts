import type { Measurement } from './measurement.js';
import { parts } from './peer.js';
import type { RateReport, Ratio, Report } from './report.js';
import type { Spread } from './statistics.js';
import { totalOf } from './usage.js';

/** The report for a person at a terminal. */
export function tableOf(report: Report): string {
  const { machine, options } = report;
  const versions = Object.entries(report.versions).map(([name, version]) => `  ${name}: ${version}`);
  return [
    `anydial bench calls, ${report.at}`,
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, Linux ${machine.kernel}`,
    ...versions,
    `Our application's roles: ${options.roles}`,
    `Calls of 1 s without media, digest on the caller; ${options.rounds} rounds of ${options.seconds} s, the peers taking turns.`,
    ...idleLines(report),
    ...report.rates.flatMap(rateLines),
    ...highestLines(report),
  ].join('\n');
}

function idleLines({ idleCpuMsPerSecond: idle }: Report): readonly string[] {
  const rows = Object.entries(idle).map(([peer, figures]) => [
    peer,
    ...parts.map((part) => figure(figures[part], 1)),
    figure(totalOf(figures), 1),
  ]);
  return ['', ...aligned([['idle, CPU ms per s', ...parts, 'total'], ...rows])];
}

function rateLines({ rate, measurements, ratios }: RateReport): readonly string[] {
  const present = parts.filter((part) => measurements.some((one) => part in one.cpuMsPerCall));
  const cpu = [
    ['CPU ms per call', ...present, 'total', 'SIPp', 'others on the machine'],
    ...measurements.map((one) => [
      one.peer,
      ...present.map((part) => spreadText(one.cpuMsPerCall[part])),
      spreadText(one.totalCpuMsPerCall),
      spreadText(one.sippMsPerCall),
      `${Math.round(one.backgroundLoad.median * 100)} %`,
    ]),
  ];
  const delay = [
    [
      'INVITE in to out, ms',
      'p50',
      'p95',
      'p99',
      'p95 per round',
      'calls',
      'failed',
      'unrecorded',
      'sent again',
    ],
    ...measurements.map(delayRow),
  ];
  const memory = [
    ['memory MB', ...present, 'total'],
    ...measurements.map((one) => [
      one.peer,
      ...present.map((part) => figure(one.memoryMb[part], 0)),
      figure(totalOf(one.memoryMb), 0),
    ]),
  ];
  return [
    '',
    `== ${rate} calls/s ==`,
    ...[cpu, delay, memory].flatMap((rows) => [...aligned(rows), '']),
    ...measurements.flatMap(({ peer, refusals }) => refusals.map((text) => `${peer} refused calls: ${text}`)),
    ...ratios.map(ratioLine),
  ];
}

function delayRow(one: Measurement): readonly string[] {
  return [
    one.peer,
    figure(one.delayMs?.p50),
    figure(one.delayMs?.p95),
    figure(one.delayMs?.p99),
    one.p95Rounds === undefined ? '-' : `${figure(one.p95Rounds.min)} to ${figure(one.p95Rounds.max)}`,
    ...[one.offered, one.failed, one.unrecorded ?? '-', one.retransmissions].map(String),
  ];
}

function ratioLine(ratio: Ratio): string {
  const delay = ratio.p95Delay === undefined ? '' : `, p95 delay ${figure(ratio.p95Delay)} x`;
  return `${ratio.of} : ${ratio.to} = CPU per call ${figure(ratio.totalCpu)} x${delay}`;
}

function highestLines({ highestRates }: Report): readonly string[] {
  if (highestRates === undefined) return [];
  const rows = highestRates.map((one) => [
    one.peer,
    `${one.held}/s`,
    one.stoppedBy ?? 'the search ended there',
  ]);
  return ['', ...aligned([['highest rate held', 'calls', 'limit'], ...rows])];
}

/** Median, and the lowest and highest round. */
function spreadText(value: Spread | undefined): string {
  return value === undefined ? '-' : `${figure(value.median)} (${figure(value.min)} to ${figure(value.max)})`;
}

function figure(value: number | undefined, digits = 2): string {
  return value === undefined ? '-' : value.toFixed(digits);
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}
