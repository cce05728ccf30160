import { err, failure, ok, type Result } from '../../kernel/result.js';
import type { AsteriskConsole, ConsoleFailure } from './console.js';
import { type SipContact, sipContactOf } from './sip-contact.js';
import { type TrunkRegistration, trunkRegistrationsOf } from './trunk-registration.js';

/** PJSIP objects that Asterisk caches from our database views. */
export type CachedObject = 'endpoint' | 'auth' | 'aor';

const CACHED: readonly CachedObject[] = ['endpoint', 'auth', 'aor'];
const ADDRESSES = 'res_pjsip/identify';
const CONTACTS = 'registrar/contact';
/** A line of `database show`: `/registrar/contact/<aor>;@<hash>   : <the contact as JSON>`. */
const CONTACT = /^\/registrar\/contact\/(\S+?)\s*: /;

/** What Asterisk prints when the wanted state is there: reached by the command, or already before it. */
const SAYS = {
  objectExpired: /^Successfully expired object|^Object .* was not expired .* as it was not found/,
  allExpired: /^All objects have been removed from cache/,
  populated: /has been populated with '\d+' objects/,
  deleted: /^Database entry (removed|could not be removed)\./,
  shown: /^\d+ results found\.$/m,
  followed: /<Registration\/ServerURI|^Unable to find object/m,
  listed: /^(Objects found: \d+|No objects found\.)/m,
  reloaded: /reloaded successfully|already in progress/,
} as const;

/** Makes a changed or removed device or trunk row take effect in Asterisk at once instead of when its cache expires. */
export class SipObjects {
  constructor(private readonly console: Pick<AsteriskConsole, 'run'>) {}

  /** Asterisk reads the object anew when it next needs it. */
  expire(type: CachedObject, id: string): Promise<Result<void, ConsoleFailure>> {
    return this.tell(SAYS.objectExpired, 'sorcery', 'memory', 'cache', 'expire', `res_pjsip/${type}`, id);
  }

  /** A device's or trunk's row has changed; its three objects share one id. */
  async changed(id: string): Promise<Result<void, ConsoleFailure>> {
    for (const type of CACHED) {
      const expired = await this.expire(type, id);
      if (!expired.ok) return expired;
    }
    return ok(undefined);
  }

  /** The addresses by which trunks are recognised are held as a whole: any change reads all of them anew. */
  addressesChanged(): Promise<Result<void, ConsoleFailure>> {
    return this.tell(SAYS.populated, 'sorcery', 'memory', 'cache', 'populate', ADDRESSES);
  }

  /** Asterisk begins, changes or ends the trunk's registration as its row says now: a look at it makes it read the row. */
  registrationChanged(trunk: string): Promise<Result<void, ConsoleFailure>> {
    return this.tell(SAYS.followed, 'pjsip', 'show', 'registration', trunk);
  }

  /** The same for every trunk, those that are gone as well. Registrations that stay as they are go on untouched. */
  allRegistrationsChanged(): Promise<Result<void, ConsoleFailure>> {
    return this.tell(SAYS.reloaded, 'module', 'reload', 'res_pjsip_outbound_registration.so');
  }

  /** How each trunk's registration with its carrier stands. */
  async trunkRegistrations(): Promise<Result<ReadonlyMap<string, TrunkRegistration>, ConsoleFailure>> {
    const shown = await this.ask(SAYS.listed, 'pjsip', 'show', 'registrations');
    return shown.ok ? ok(trunkRegistrationsOf(shown.value)) : shown;
  }

  /** Nothing cached is believed any more: changes may have been missed. */
  async allChanged(): Promise<Result<void, ConsoleFailure>> {
    for (const type of CACHED) {
      const cache = `res_pjsip/${type}`;
      const expired = await this.tell(SAYS.allExpired, 'sorcery', 'memory', 'cache', 'expire', cache);
      if (!expired.ok) return expired;
    }
    return this.addressesChanged();
  }

  /** Addresses of record that have a contact now. */
  async registered(): Promise<Result<ReadonlySet<string>, ConsoleFailure>> {
    const contacts = await this.contacts();
    return contacts.ok ? ok(new Set(contacts.value.map((key) => key.slice(0, key.indexOf(';@'))))) : contacts;
  }

  /** Every registration there is now. */
  async allContacts(): Promise<Result<readonly SipContact[], ConsoleFailure>> {
    const shown = await this.ask(SAYS.shown, 'database', 'show', CONTACTS);
    if (!shown.ok) return shown;
    return ok(shown.value.split('\n').flatMap((line) => sipContactOf(line) ?? []));
  }

  /** Ends one registration; calls that go on are not touched. */
  deleteContact(key: string): Promise<Result<void, ConsoleFailure>> {
    return this.tell(SAYS.deleted, 'database', 'del', CONTACTS, key);
  }

  /** Its row is gone: it can't register again and, its contacts deleted, is not rung any more. */
  async removed(id: string): Promise<Result<void, ConsoleFailure>> {
    const expired = await this.changed(id);
    return expired.ok ? this.deleteContacts(id) : expired;
  }

  /** Ends the registrations of an address of record: contacts live in Asterisk's own database under `<aor>;@<hash>`. */
  async deleteContacts(aor: string): Promise<Result<void, ConsoleFailure>> {
    const contacts = await this.contacts();
    if (!contacts.ok) return contacts;
    for (const key of contacts.value.filter((one) => one.startsWith(`${aor};@`))) {
      const deleted = await this.tell(SAYS.deleted, 'database', 'del', CONTACTS, key);
      if (!deleted.ok) return deleted;
    }
    return ok(undefined);
  }

  private async contacts(): Promise<Result<readonly string[], ConsoleFailure>> {
    const shown = await this.ask(SAYS.shown, 'database', 'show', CONTACTS);
    if (!shown.ok) return shown;
    return ok(shown.value.split('\n').flatMap((line) => CONTACT.exec(line)?.[1] ?? []));
  }

  private async tell(expected: RegExp, ...words: readonly string[]): Promise<Result<void, ConsoleFailure>> {
    const answer = await this.ask(expected, ...words);
    return answer.ok ? ok(undefined) : answer;
  }

  /** Asterisk says how it went in words only; any others than those expected are a refusal. */
  private async ask(expected: RegExp, ...words: readonly string[]): Promise<Result<string, ConsoleFailure>> {
    const answer = await this.console.run(...words);
    if (!answer.ok || expected.test(answer.value)) return answer;
    return err(
      failure('console.refused', `${words.join(' ')}: ${answer.value.trim().slice(0, 200)}`, {
        hint: 'look into the log of Asterisk',
      }),
    );
  }
}
