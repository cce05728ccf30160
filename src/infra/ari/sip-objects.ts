import { ok, type Result } from '../../kernel/result.js';
import type { AmiClient, AmiFailure } from './ami.js';

/** PJSIP objects that Asterisk caches from our database views. */
export type CachedObject = 'endpoint' | 'auth' | 'aor';

const CACHED: readonly CachedObject[] = ['endpoint', 'auth', 'aor'];
const ADDRESSES = 'res_pjsip/identify';
const CONTACTS = 'registrar/contact';
/** res_sorcery_memory_cache's answer about an object that it doesn't hold: what we wanted. */
const NOT_CACHED = /could not be expired/;
const NO_SUCH_ENTRY = /could not be deleted/;

/** Makes a changed or removed device or trunk row take effect in Asterisk at once instead of when its cache expires. */
export class SipObjects {
  constructor(private readonly ami: AmiClient) {}

  /** Asterisk reads the object anew when it next needs it. */
  async expire(type: CachedObject, id: string): Promise<Result<void, AmiFailure>> {
    const fields = { Cache: `res_pjsip/${type}`, Object: id };
    return unless(NOT_CACHED, await this.ami.run('SorceryMemoryCacheExpireObject', fields));
  }

  /** A device's or trunk's row has changed; its three objects share one id. */
  async changed(id: string): Promise<Result<void, AmiFailure>> {
    for (const type of CACHED) {
      const expired = await this.expire(type, id);
      if (!expired.ok) return expired;
    }
    return ok(undefined);
  }

  /** The addresses by which trunks are recognised are held as a whole: any change reads all of them anew. */
  async addressesChanged(): Promise<Result<void, AmiFailure>> {
    const populated = await this.ami.run('SorceryMemoryCachePopulate', { Cache: ADDRESSES });
    return populated.ok ? ok(undefined) : populated;
  }

  /** Nothing cached is believed any more: changes may have been missed. */
  async allChanged(): Promise<Result<void, AmiFailure>> {
    for (const type of CACHED) {
      const expired = await this.ami.run('SorceryMemoryCacheExpire', { Cache: `res_pjsip/${type}` });
      if (!expired.ok) return expired;
    }
    return this.addressesChanged();
  }

  /** Addresses of record that have a contact now. */
  async registered(): Promise<Result<ReadonlySet<string>, AmiFailure>> {
    const contacts = await this.contacts();
    return contacts.ok ? ok(new Set(contacts.value.map((key) => key.slice(0, key.indexOf(';@'))))) : contacts;
  }

  /** Its row is gone: it can't register again and, its contacts deleted, is not rung any more. */
  async removed(id: string): Promise<Result<void, AmiFailure>> {
    const expired = await this.changed(id);
    return expired.ok ? this.deleteContacts(id) : expired;
  }

  /** Ends the registrations of an address of record: contacts live in Asterisk's own database under `<aor>;@<hash>`. */
  async deleteContacts(aor: string): Promise<Result<void, AmiFailure>> {
    const contacts = await this.contacts();
    if (!contacts.ok) return contacts;
    for (const key of contacts.value.filter((one) => one.startsWith(`${aor};@`))) {
      const deleted = unless(NO_SUCH_ENTRY, await this.ami.run('DBDel', { Family: CONTACTS, Key: key }));
      if (!deleted.ok) return deleted;
    }
    return ok(undefined);
  }

  private async contacts(): Promise<Result<readonly string[], AmiFailure>> {
    const tree = await this.ami.run('DBGetTree', { Family: CONTACTS });
    if (!tree.ok) return tree;
    return ok(tree.value.list.map((entry) => entry.get('key')?.replace(`/${CONTACTS}/`, '') ?? ''));
  }
}

/** A refusal that says the wanted state is there already counts as success. */
function unless(harmless: RegExp, reply: Result<unknown, AmiFailure>): Result<void, AmiFailure> {
  if (reply.ok) return ok(undefined);
  const { code, message } = reply.failure;
  return code === 'ami.refused' && harmless.test(message) ? ok(undefined) : reply;
}
