import { median } from '../calls/statistics.js';
import type { SizeReport } from './measure.js';

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 70;
const RIGHT = 70;
const TOP = 40;
const BOTTOM = 50;

interface Line {
  readonly colour: string;
  readonly name: string;
  readonly values: readonly number[];
  readonly most: number;
}

/** How rate, p99 and memory grow with the numbers sold, as an SVG: sizes by their logarithm, each line from 0 to its own top. */
export function plotOf(reports: readonly SizeReport[]): string {
  const lines: readonly Line[] = [
    line(
      '#1b6ca8',
      'resolutions per core and second',
      reports.map((one) => median(one.perCoreSecond)),
    ),
    line(
      '#b3412c',
      'p99, µs',
      reports.map((one) => one.p99Us),
    ),
    line(
      '#4d7c3a',
      'memory of the process, MB',
      reports.map((one) => one.residentMb),
    ),
  ];
  const sizes = reports.map(({ numbers }) => numbers);
  const x = (size: number) => {
    const [first = 1, last = 1] = [Math.min(...sizes), Math.max(...sizes)];
    const share = Math.log(size / first) / Math.max(Math.log(last / first), 1e-9);
    return Math.round(LEFT + share * (WIDTH - LEFT - RIGHT));
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    '<title>Resolutions a second per core, by assigned numbers</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    `<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" fill="none" stroke="#888"/>`,
    ...sizes.map(
      (size) =>
        `<text x="${x(size)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
    ),
    `<text x="${WIDTH / 2}" y="${HEIGHT - 12}" text-anchor="middle">numbers sold</text>`,
    ...lines.flatMap((one, at) => drawn(one, sizes.map(x), at)),
    '</svg>\n',
  ].join('\n');
}

const line = (colour: string, name: string, values: readonly number[]): Line => ({
  colour,
  name,
  values,
  most: Math.max(...values) * 1.15,
});

function drawn({ colour, name, values, most }: Line, xs: readonly number[], at: number): readonly string[] {
  const y = (value: number) => Math.round(HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM));
  const points = values.map((value, index) => `${xs[index]},${y(value)}`);
  return [
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...values.map(
      (value, index) =>
        `<text x="${xs[index]}" y="${y(value) - 6}" fill="${colour}" text-anchor="middle">${value.toLocaleString('en')}</text>`,
    ),
    `<text x="${LEFT + at * 200}" y="18" fill="${colour}">${name}</text>`,
  ];
}
