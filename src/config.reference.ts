import { z } from 'zod';
import { type Variable, variables } from './config.variables.js';

/** The configuration reference (docs/configuration.md), of the very table that `loadConfig` reads. */
export function configurationReference(): string {
  const rows = Object.entries(variables).map(([name, variable]) => rowOf(name, variable));
  return [
    '# Configuration',
    '',
    'Every variable that the application reads, at its start and nowhere else (`src/config.ts`). `./anydial up` writes all of them into',
    '`.anydial/<instance>/instance.env`, `docker/env.sh` prints them for Compose; systemd reads them from `EnvironmentFile=`. What is',
    'missing or wrong is listed at the start, all of it at once, and the process ends with code 78.',
    '',
    'A **secret** may also come from a file: `NAME_FILE=/run/secrets/name` instead of `NAME`. Secrets have no default. An empty variable is',
    'an absent one. To rotate one: write the new value, then `./anydial restart` (docs/security.md, "Secrets").',
    '',
    '<!-- Written by `node dist/src/cli.js configuration`; src/config.reference.spec.ts compares. -->',
    '',
    '| name | type | default | unit | secret | what it is for | example |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function rowOf(name: string, { read, secret, about, example, unit }: Variable<unknown>): string {
  const cells = [
    `\`${name}\``,
    /_(URL|ENDPOINT)$/.test(name) ? 'URL' : typeOf(read),
    defaultOf(read, secret),
    unit ?? '',
    secret ? 'yes' : '',
    about,
    `\`${example}\``,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

/** What a default says: none where it must be given. */
function defaultOf(read: z.ZodType, secret: boolean): string {
  const parsed = read.safeParse(undefined);
  if (!parsed.success) return '**required**';
  if (parsed.data === undefined || secret) return 'unset';
  const { data } = parsed;
  return `\`${data instanceof Set ? [...data].join(',') : String(data)}\``;
}

interface Shape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly anyOf?: readonly Shape[];
}

const typeOf = (read: z.ZodType): string =>
  describe(z.toJSONSchema(read, { io: 'input', unrepresentable: 'any' }) as Shape);

function describe(shape: Shape): string {
  if (shape.anyOf !== undefined) return [...new Set(shape.anyOf.map(describe))].join(' or ');
  if (shape.enum !== undefined) return shape.enum.map((one) => `\`${one}\``).join(', ');
  // Text that becomes a number has no type of its own on the way in.
  if (shape.type === 'integer' || shape.type === 'number' || shape.minimum !== undefined)
    return `number ${shape.minimum ?? ''}–${shape.maximum ?? ''}`;
  if (shape.format === 'starts_with') return 'absolute path';
  if (shape.format !== undefined && shape.format !== 'regex') return shape.format;
  return shape.minLength === undefined || shape.minLength < 2
    ? 'text'
    : `text, ${shape.minLength} characters or more`;
}
