import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import './load-src.ts';
import { type Answers, readAnswers } from './read-answers.ts';

/** `npm run api`: writes what is derived from the controllers. `--check`: fails where the files differ from that. */
const root = join(import.meta.dirname, '../..');
const check = process.argv.includes('--check');

const answers = readAnswers(root);
const stale = [
  put('src/api/answers.ts', answersFile(answers)),
  put('web/src/api/schema.d.ts', await typesOf(answers)),
  put('docs/roles.md', await rolesPage()),
].filter((path) => path !== undefined);
if (check && stale.length > 0) {
  process.stderr.write(
    `${stale.join(' and ')} no longer say what the controllers do: npm run api, and commit them\n`,
  );
  process.exitCode = 1;
}

function put(path: string, text: string): string | undefined {
  const file = join(root, path);
  if (globSync(file).length > 0 && readFileSync(file, 'utf8') === text) return undefined;
  if (!check) writeFileSync(file, text);
  return path;
}

/** Who may do what, from the policies and the routes that name them. */
async function rolesPage(): Promise<string> {
  const { rolesText } = await load('src/infra/http/roles-text.ts');
  return rolesText(await allRoutes());
}

async function allRoutes() {
  const { routesOf } = await load('src/infra/http/routes.ts');
  const files = globSync('src/**/*.controller.ts', { cwd: root }).toSorted();
  const modules = await Promise.all(files.map(load));
  const controllers = modules
    .flatMap((module: object) => Object.values(module))
    .filter((one) => typeof one === 'function');
  return controllers.flatMap(routesOf);
}

function load(path: string) {
  return import(pathToFileURL(join(root, path)).href);
}

/** A line each, so that two people's changes meet only where they changed the same. */
function answersFile({ operations, schemas }: Answers): string {
  const lines = (of: object) =>
    Object.entries(of).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`);
  return [
    '// Written by `npm run api` from the types that the controllers return.\n',
    "import type { Answers } from '../infra/http/openapi/answers.js';\n\n",
    'export const answers: Answers = {\n  operations: {\n',
    ...lines(operations),
    '  },\n  schemas: {\n',
    ...lines(schemas),
    '  },\n};\n',
  ].join('');
}

async function typesOf(written: Answers): Promise<string> {
  const [{ openApiOf }, { examples }] = await Promise.all(
    ['src/infra/http/openapi/document.ts', 'src/api/examples.ts'].map(load),
  );
  const document = openApiOf(await allRoutes(), { answers: written, examples });
  const types = astToString(
    await openapiTS(JSON.parse(JSON.stringify(document)), { alphabetize: true, immutable: true }),
  );
  return `// Written by \`npm run api\` from the API's description (docs/api.md).\n${types}`;
}
