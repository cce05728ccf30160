import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Two fonts that together write what we do: DejaVu Sans has Latin, Greek, Cyrillic and currency signs, Droid Sans Fallback Han, Kana and Hangul. */
export interface Fonts {
  readonly western: Buffer;
  readonly eastern: Buffer;
}

let loaded: Fonts | undefined;

/** Read once per process, 4 MB; what a document needs of them is embedded in it. */
export function fonts(): Fonts {
  loaded ??= { western: fontFile('DejaVuSans.ttf'), eastern: fontFile('DroidSansFallback.ttf') };
  return loaded;
}

/** `assets/` stands beside `src` and beside `dist`. */
function fontFile(name: string): Buffer {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'assets', 'fonts', name);
    if (existsSync(file)) return readFileSync(file);
    if (folder === dirname(folder)) throw new Error(`assets/fonts/${name} is missing beside the program`);
  }
}

/** A text cut where the font has to change. White space and digits stay with what is before them. */
export function byFont(text: string): readonly { readonly font: keyof Fonts; readonly text: string }[] {
  const runs: { font: keyof Fonts; text: string }[] = [];
  for (const one of text) {
    const font = EASTERN.test(one) ? 'eastern' : 'western';
    const last = runs.at(-1);
    if (last?.font === font) last.text += one;
    else runs.push({ font, text: one });
  }
  return runs;
}

const EASTERN =
  /[\u{1100}-\u{11FF}\u{2E80}-\u{303F}\u{3040}-\u{33FF}\u{3400}-\u{9FFF}\u{AC00}-\u{D7FF}\u{F900}-\u{FAFF}\u{FF00}-\u{FFEF}]/u;
