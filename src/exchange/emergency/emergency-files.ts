import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmergencyPlan } from './emergency-plan.js';

/** Writes what Asterisk includes (asterisk/node/{pjsip,extensions}.conf). @returns whether anything is other than before. */
export async function writeEmergencyPlan(directory: string, plan: EmergencyPlan): Promise<boolean> {
  await mkdir(directory, { recursive: true });
  const changed = [
    await replace(join(directory, 'pjsip-emergency.conf'), plan.pjsip),
    await replace(join(directory, 'extensions-emergency.conf'), plan.extensions),
  ];
  return changed.includes(true);
}

/** Asterisk may read at any moment: the file is always whole. */
async function replace(path: string, text: string): Promise<boolean> {
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before === text) return false;
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
  return true;
}
