import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';

const folder = join(import.meta.dirname, 'ubl-2.1');
const read = (...path: readonly string[]) => readFileSync(join(folder, ...path), 'utf8');

/**
 * What OASIS's UBL 2.1 schema (xsdrt of http://docs.oasis-open.org/ubl/os-UBL-2.1/, kept beside this file) says against a
 * document: nothing when it is valid. xmllint reads from a folder without subfolders, so the schema's references lose theirs.
 */
export async function ublFlaws(xml: string): Promise<readonly string[]> {
  const root = /<(Invoice|CreditNote)[ >]/.exec(xml)?.[1] ?? 'Invoice';
  const common = readdirSync(join(folder, 'common')).map((fileName) => ({
    fileName,
    contents: flat(read('common', fileName)),
  }));
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'document.xml', contents: xml }],
    schema: [{ fileName: 'root.xsd', contents: flat(read('maindoc', `UBL-${root}-2.1.xsd`)) }],
    preload: common,
  });
  return valid ? [] : errors.map(({ message }) => message);
}

const flat = (schema: string): string => schema.replaceAll('../common/', '');
