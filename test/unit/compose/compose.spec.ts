import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { loadConfig } from '../../../src/config.js';

interface Service {
  readonly image: string;
  readonly build?: { readonly target: string };
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

const compose: { services: Readonly<Record<string, Service>> } = parse(
  readFileSync('docker-compose.yml', 'utf8'),
  {
    merge: true,
  },
);
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === 'anydial/app');

/** What docker/env.sh prints: the .env of an installation. */
const environment = Object.fromEntries(
  execFileSync('docker/env.sh', { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);

describe('docker-compose.yml', () => {
  it.each(services.filter(([, { build }]) => build !== undefined))(
    '%s is built by a stage of the Dockerfile',
    (_, service) => {
      expect(readFileSync('Dockerfile', 'utf8')).toMatch(
        new RegExp(`^FROM \\S+ AS ${service.build?.target}$`, 'm'),
      );
    },
  );

  it.each(ours)('%s finds its whole configuration in the printed environment', (_, service) => {
    const own = Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value)]);
    const config = loadConfig({ ...environment, ...Object.fromEntries(own) });
    expect(config.ok ? [] : config.failure.message).toEqual([]);
  });

  it('services wait only for services that there are', () => {
    const named = services.flatMap(([, { depends_on: waits = {} }]) => Object.keys(waits));
    expect(named.filter((name) => compose.services[name] === undefined)).toEqual([]);
  });

  it("fills every variable of Asterisk's templates", () => {
    // Set by the image's own start from where things are in it (scripts/lib/asterisk.sh, docker/asterisk.sh).
    const fromPlace = /^(ASTERISK_(DIR|ETC|DATA_DIR|MODULES_DIR|ROOT)|LAB_DIR|CEL_FILE|ENDPOINT_COPY)$/;
    const wanted = globSync('asterisk/{node,lab}/*.conf')
      .filter((file) => !file.endsWith('extensions.conf'))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g)].map(([, name]) => name ?? ''),
      );
    const missing = wanted.filter((name) => environment[name] === undefined && !fromPlace.test(name));
    expect([...new Set(missing)]).toEqual([]);
    expect(wanted.length).toBeGreaterThan(10);
  });

  it('has fresh secrets each time', () => {
    const again = execFileSync('docker/env.sh', { encoding: 'utf8' });
    for (const name of ['DATABASE_PASSWORD', 'ARI_PASSWORD', 'SESSION_SECRET']) {
      expect(environment[name]).toMatch(/^[0-9a-f]{48}$/);
      expect(again).not.toContain(environment[name]);
    }
  });
});
