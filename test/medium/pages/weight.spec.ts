import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';

/** What Vite wrote about its output: `isEntry` for the application, a line for each part that is loaded later. */
interface Part {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}
const built = `${import.meta.dirname}/../../../dist/web`;
const manifest: Readonly<Record<string, Part>> = JSON.parse(
  readFileSync(`${built}/.vite/manifest.json`, 'utf8'),
);

/** The files that have to be there before these parts run. */
function filesOf(parts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const part = manifest[name];
    if (part === undefined) throw new Error(`the build has no ${name}`);
    if (seen.has(part.file)) return;
    seen.add(part.file);
    part.imports?.forEach(visit);
  };
  parts.forEach(visit);
  return seen;
}
const weigh = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`${built}/${file}`)).length, 0);
const entry = Object.keys(manifest).filter((name) => manifest[name]?.isEntry === true);
const KILOBYTES = 1_000;

describe('how much a page weighs', () => {
  test('the first page, with its words, is less than 200 kB of script', () => {
    const words = ['app', 'problems', 'shop', 'number'].map((area) => `src/i18n/ko/${area}.json`);
    const weight = weigh(filesOf([...entry, 'src/pages/shop/home.tsx', ...words]));
    console.log(`first page: ${Math.round(weight / KILOBYTES)} kB`);
    expect(weight).toBeLessThan(200 * KILOBYTES);
  });

  test('no area comes before it is visited, and none brings another along', () => {
    const areaOf = (name: string) => /^src\/pages\/([^/]+)\//.exec(name)?.[1];
    const fileOf = new Map(
      Object.entries(manifest).flatMap(([name, { file }]) => (areaOf(name) ? [[file, areaOf(name)]] : [])),
    );
    const areasIn = (parts: readonly string[]) =>
      new Set([...filesOf(parts)].flatMap((file) => fileOf.get(file) ?? []));
    expect(areasIn(entry)).toEqual(new Set());
    const pages = Object.keys(manifest).filter((name) => areaOf(name) !== undefined);
    expect(new Set(pages.map(areaOf)).size).toBeGreaterThan(8);
    for (const page of pages) expect([page, [...areasIn([page])]]).toEqual([page, [areaOf(page)]]);
  });
});
