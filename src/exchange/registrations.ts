import type { AsteriskConsole } from '../infra/ari/console.js';

/** Where res_pjsip_registrar keeps contacts in Asterisk's own database. */
const CONTACTS = `SELECT count(*) AS contacts FROM astdb WHERE key >= '/registrar/contact/' AND key < '/registrar/contact0'`;

/** How many contacts are registered; undefined while Asterisk does not answer. Counted by SQLite: listing 100,000 would be 50 MB. */
export async function countRegistrations(console: Pick<AsteriskConsole, 'run'>): Promise<number | undefined> {
  const answer = await console.run('database', 'query', CONTACTS);
  const count = answer.ok ? /contacts\W+(\d+)/.exec(answer.value)?.[1] : undefined;
  return count === undefined ? undefined : Number(count);
}
