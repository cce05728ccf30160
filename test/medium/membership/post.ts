import type { Mail } from '../../../src/infra/mail/mail.js';
import { OutgoingMail } from '../../../src/infra/mail/outgoing-mail.js';
import type { TestApp } from '../../support/test-app.js';

/** What waits to be mailed, taken as the worker would take it. */
export class Post {
  private readonly taken: Mail[] = [];

  constructor(private readonly web: TestApp) {}

  /** Mails to that address, oldest first; each is given out once. */
  async to(address: string): Promise<readonly Mail[]> {
    const outgoing = this.web.app.get(OutgoingMail, { strict: false });
    for (let mail = await outgoing.take(); mail !== undefined; mail = await outgoing.take()) {
      await outgoing.note(mail.id, { kind: 'sent' });
      this.taken.push(mail);
    }
    const found = this.taken.filter(({ to }) => to === address);
    for (const mail of found) this.taken.splice(this.taken.indexOf(mail), 1);
    return found;
  }

  /** The code of the newest mail to that address. */
  async codeTo(address: string): Promise<string> {
    const mail = (await this.to(address)).at(-1);
    const code = /\b[2-9A-HJ-NP-Z]{8}\b/.exec(mail?.text ?? '')?.[0];
    if (code === undefined) throw new Error(`no code was mailed to ${address}`);
    return code;
  }
}
