import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './root.js';

/** What the peers' Asterisks take over from ours as it is, so that all run with the same modules, threads and logs. */
const sharedWithNode = [
  'asterisk.conf',
  'modules.conf',
  'logger.conf',
  'stasis.conf',
  'cdr.conf',
  'ccss.conf',
  'features.conf',
  'indications.conf',
  'musiconhold.conf',
];

/** The database and the evidence file are ours alone: the peers must not pay for them. */
const onlyOurs = /^(pre)?load = (res_config_pgsql|res_sorcery_realtime|res_cdrel_custom|cel_custom)\.so\n/gm;

/** Writes a peer's complete configuration: asterisk/node's, over it bench/peers/asterisk, over it bench/peers/<peer>. */
export function renderConfig(etc: string, peer: string, values: Readonly<Record<string, string>>): void {
  const peers = join(projectRoot, 'bench/peers');
  const own = ['asterisk', peer].flatMap((folder) =>
    readdirSync(join(peers, folder))
      .filter((name) => name.endsWith('.conf'))
      .map((name) => ({ name, from: join(peers, folder, name) })),
  );
  const shared = sharedWithNode.map((name) => ({ name, from: join(projectRoot, 'asterisk/node', name) }));
  for (const { name, from } of [...shared, ...own]) {
    const text = readFileSync(from, 'utf8').replaceAll(onlyOurs, '');
    // The dialplan speaks Asterisk's own ${…}.
    const filled = name === 'extensions.conf' ? text : fillIn(text, values);
    writeFileSync(join(etc, name), filled, { mode: 0o600 });
  }
}

/** `${NAME}` becomes its value, as in scripts/lib/template.sh. @throws on a name that nobody gives. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\$\{([A-Z][A-Z0-9_]*)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Asterisk's configuration: nobody gives \${${name}}`);
    return value;
  });
}
