import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mail, MailPort, Sent } from './mail.js';
import { messageOf } from './message-of.js';

/** Where there is no mail server: each mail becomes a file `<id>.eml` that any mail program opens. */
export class FileMail implements MailPort {
  constructor(
    private readonly directory: string,
    private readonly from: string,
  ) {}

  async send(mail: Mail): Promise<Sent> {
    try {
      const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(
        messageOf(mail, this.from),
      );
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      const path = join(this.directory, `${encodeURIComponent(mail.id)}.eml`);
      await writeFile(`${path}.part`, message, { mode: 0o600 });
      await rename(`${path}.part`, path);
      return { kind: 'sent' };
    } catch (error) {
      return { kind: 'later', reason: (error as Error).message };
    }
  }
}
