import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

interface Languages {
  readonly languages: readonly string[];
  nameOfLanguage(language: string): string;
  textsOf(language: string, area: string): Promise<Readonly<Record<string, string>>>;
}

const i18n = `${import.meta.dirname}/../../web/src/i18n`;
const vite = `${import.meta.dirname}/../../node_modules/vite/bin/vite.js`;
const root = mkdtempSync(join(tmpdir(), 'anydial-language-'));
let built: Languages;

beforeAll(async () => {
  cpSync(i18n, join(root, 'i18n'), { recursive: true });
  mkdirSync(join(root, 'i18n/fr'));
  writeFileSync(join(root, 'i18n/fr/app.json'), JSON.stringify({ signIn: 'Se connecter' }));
  writeFileSync(join(root, 'i18next.js'), 'export default { changeLanguage: async () => undefined };');
  const config = {
    resolve: { alias: { i18next: join(root, 'i18next.js') } },
    build: {
      outDir: 'out',
      minify: false,
      lib: { entry: 'i18n/languages.ts', formats: ['es'], fileName: 'languages' },
    },
  };
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'vite.config.js'), `export default ${JSON.stringify(config)}`);
  // By a process of its own, as the pages are built; jest's realm is not one that Vite's native parts know.
  await promisify(execFile)(process.execPath, [
    vite,
    'build',
    root,
    '--configLoader',
    // Nothing may be written into the checkout.
    'native',
    '--config',
    join(root, 'vite.config.js'),
  ]);
  built = (await import(pathToFileURL(join(root, 'out/languages.js')).href)) as Languages;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('given_one_more_folder_of_texts_when_the_pages_are_built_then_its_language_can_be_chosen_and_read', async () => {
  expect(built.languages).toEqual(['en', 'fr', 'ja', 'ko']);
  expect(built.nameOfLanguage('fr')).toBe('Français');
  expect(await built.textsOf('fr', 'app')).toEqual({ signIn: 'Se connecter' });
  await expect(built.textsOf('fr', 'shop')).rejects.toThrow('fr/shop.json');
});
