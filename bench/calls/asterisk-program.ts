import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverPid } from './instance.js';

/** How Asterisk is run on this machine and where its parts are. */
export interface AsteriskProgram {
  readonly command: readonly [string, ...string[]];
  readonly modules: string;
  readonly data: string;
}

const { ANYDIAL_ASTERISK_ROOT: unpacked = '/var/cache/anydial/asterisk-22', ANYDIAL_STATE_DIR: state } =
  process.env;

/** The peers run the very Asterisk that the instance runs; without an instance, the one `./anydial` has unpacked. */
export function asteriskProgram(): AsteriskProgram {
  return state === undefined ? unpackedAsterisk(unpacked) : asteriskOfInstance(state);
}

function asteriskOfInstance(stateDir: string): AsteriskProgram {
  const words = readFileSync(`/proc/${serverPid(stateDir, 'asterisk')}/cmdline`, 'utf8').split('\0');
  const [program, ...args] = words.slice(0, words.indexOf('-C'));
  if (program === undefined) throw new Error("the instance's Asterisk was not started with -C");
  const config = readFileSync(join(stateDir, 'asterisk/etc/asterisk.conf'), 'utf8');
  return {
    command: [program, ...args],
    modules: settingIn(config, 'astmoddir'),
    data: settingIn(config, 'astdatadir'),
  };
}

/** Debian unstable's by its own loader: no chroot, no privilege (docs/adr/0002). */
function unpackedAsterisk(root: string): AsteriskProgram {
  const libraries = join(root, 'usr/lib/x86_64-linux-gnu');
  return {
    command: [
      join(root, 'lib64/ld-linux-x86-64.so.2'),
      '--library-path',
      libraries,
      join(root, 'usr/sbin/asterisk'),
    ],
    modules: join(libraries, 'asterisk/modules'),
    data: join(root, 'usr/share/asterisk'),
  };
}

function settingIn(config: string, name: string): string {
  const value = new RegExp(`^${name} *=> *(\\S+)`, 'm').exec(config)?.[1];
  if (value === undefined) throw new Error(`the instance's asterisk.conf does not say ${name}`);
  return value;
}
