import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { renderConfig } from './asterisk-config.js';
import type { Running, Site } from './site.js';
import { until } from './until.js';

const run = promisify(execFile);

/** Where `./anydial` unpacks Debian's Asterisk 22 (docs/adr/0002). */
const { ANYDIAL_ASTERISK_ROOT: asteriskRoot = '/var/cache/anydial/asterisk-22' } = process.env;

/** A fresh Asterisk of a peer's own, with the command line of its control socket. */
export interface PeerAsterisk {
  readonly process: Running;
  /** Runs one CLI command. */
  cli(command: string): Promise<string>;
}

/** Renders the configuration (asterisk-config.ts) into the site and starts Asterisk on it. */
export async function startAsterisk(
  site: Site,
  peer: 'dialplan' | 'naive',
  values: Readonly<Record<string, string>>,
): Promise<PeerAsterisk> {
  const dir = join(site.dir, peer);
  for (const part of ['etc', 'lib/keys', 'spool', 'run', 'log'])
    mkdirSync(join(dir, part), { recursive: true });
  renderConfig(join(dir, 'etc'), peer, { ...values, ...foldersOf(dir) });
  const config = join(dir, 'etc', 'asterisk.conf');
  const process = site.start(`${peer}-asterisk`, [...asteriskCommand(config), '-f']);
  const cli = (line: string) => asteriskCli(config, line);
  await until(`Asterisk of the peer ${peer}, see ${dir}/log`, 15, () =>
    cli('core waitfullybooted').catch(() => undefined),
  );
  return { process, cli };
}

/** Names as scripts/lib gives them to the same templates. */
function foldersOf(dir: string): Readonly<Record<string, string>> {
  return {
    ASTERISK_DIR: dir,
    ASTERISK_ETC: join(dir, 'etc'),
    ASTERISK_MODULES_DIR: join(asteriskRoot, 'usr/lib/x86_64-linux-gnu/asterisk/modules'),
    ASTERISK_DATA_DIR: join(asteriskRoot, 'usr/share/asterisk'),
  };
}

export async function asteriskCli(config: string, line: string): Promise<string> {
  const [program, ...args] = asteriskCommand(config);
  const { stdout } = await run(program, [...args, '-rx', line]);
  return stdout.trim();
}

/** Debian unstable's Asterisk by its own loader; no chroot, no privilege. */
function asteriskCommand(config: string): readonly [string, ...string[]] {
  return [
    join(asteriskRoot, 'lib64/ld-linux-x86-64.so.2'),
    '--library-path',
    join(asteriskRoot, 'usr/lib/x86_64-linux-gnu'),
    join(asteriskRoot, 'usr/sbin/asterisk'),
    '-C',
    config,
  ];
}
