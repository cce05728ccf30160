import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AriProbe } from './ari-probe.js';
import { renderConfig } from './asterisk-config.js';
import { asteriskProgram } from './asterisk-program.js';
import type { Running, Site } from './site.js';
import { until } from './until.js';

/** A fresh Asterisk of a peer's own. */
export interface PeerAsterisk {
  readonly process: Running;
  readonly version: string;
}

/** Renders the configuration (asterisk-config.ts) into the site, starts Asterisk on it and waits until it has booted. */
export async function startAsterisk(
  site: Site,
  peer: 'dialplan' | 'naive',
  probe: AriProbe,
  values: Readonly<Record<string, string>>,
): Promise<PeerAsterisk> {
  const dir = join(site.dir, peer);
  for (const part of ['etc', 'lib/keys', 'spool', 'run', 'log'])
    mkdirSync(join(dir, part), { recursive: true });
  const { command, modules, data } = asteriskProgram();
  renderConfig(join(dir, 'etc'), peer, {
    ...values,
    // Names as scripts/lib gives them to the same templates.
    ASTERISK_DIR: dir,
    ASTERISK_ETC: join(dir, 'etc'),
    ASTERISK_MODULES_DIR: modules,
    ASTERISK_DATA_DIR: data,
  });
  const process = site.start(`${peer}-asterisk`, [...command, '-C', join(dir, 'etc/asterisk.conf'), '-f']);
  const version = await until(`Asterisk of the peer ${peer}, see ${dir}/log`, 15, () => probe.version());
  return { process, version };
}
