import { mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';

const folder = (): string => process.env['MAIL_DIR'] || join(process.env['ANYDIAL_STATE_DIR'] ?? '.', 'mail');

interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The first mail to that address whose text fits, that is there or comes; mails of the instance are files. */
export async function mailTo(address: string, fits: RegExp, within = 15_000): Promise<Letter> {
  const path = folder();
  mkdirSync(path, { recursive: true });
  const seen = new Set<string>();
  const look = async (): Promise<Letter | undefined> => {
    for (const name of readdirSync(path).filter((one) => one.endsWith('.eml') && !seen.has(one))) {
      seen.add(name);
      const mail = await simpleParser(readFileSync(join(path, name)));
      const to = [mail.to ?? []]
        .flat()
        .map((one) => one.text)
        .join(', ');
      const letter = { to, subject: mail.subject ?? '', text: mail.text ?? '' };
      if (to.includes(address) && fits.test(letter.text)) return letter;
    }
    return undefined;
  };
  const stop = new AbortController();
  const overdue = setTimeout(() => stop.abort(), within);
  let woken = Promise.withResolvers<void>();
  const watcher = watch(path, () => woken.resolve());
  stop.signal.addEventListener('abort', () => woken.resolve());
  try {
    while (!stop.signal.aborted) {
      woken = Promise.withResolvers<void>();
      const found = await look();
      if (found !== undefined) return found;
      await woken.promise;
    }
    throw new Error(`no mail to ${address} that says ${fits}`);
  } finally {
    clearTimeout(overdue);
    watcher.close();
  }
}

/** The code of a mail that proves an address. */
export async function mailedCode(address: string): Promise<string> {
  const { text } = await mailTo(address, /\b[2-9A-HJ-NP-Z]{8}\b/);
  return /\b([2-9A-HJ-NP-Z]{8})\b/.exec(text)?.[1] ?? '';
}
