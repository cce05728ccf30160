import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DepositNote, readNote } from './deposit-note.js';
import { secureWav, type WavFacts } from './wav.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FOLDER = 'voicemail';

export interface MessageName {
  readonly mailbox: string;
  readonly id: string;
}

/**
 * Voice messages as files, where Asterisk records and plays them: `voicemail/<mailbox>/<id>.wav` below its recording directory.
 * A message that is not in the database yet has its note `<id>.json` beside it; the note is written first and removed last, so no
 * crash in between loses or doubles a message.
 */
export class MessageSpool {
  /** @param directory Asterisk's recording directory */
  constructor(private readonly directory: string) {}

  /** For Asterisk: below its recording directory, without `.wav`. */
  recordingOf = ({ mailbox, id }: MessageName): string => `${FOLDER}/${mailbox}/${id}`;
  greetingOf = (mailbox: string): string => `${FOLDER}/${mailbox}/greeting`;
  newGreetingOf = (mailbox: string): string => `${FOLDER}/${mailbox}/greeting-new`;
  echoOf = (callId: string): string => `echo/${callId}`;

  /** The message that a recording's name stands for; undefined for other recordings. */
  messageOf(recording: string): MessageName | undefined {
    const [folder, mailbox = '', id = '', ...rest] = recording.split('/');
    return folder === FOLDER && rest.length === 0 && UUID.test(mailbox) && UUID.test(id)
      ? { mailbox, id }
      : undefined;
  }

  fileOf = (recording: string): string => join(this.directory, `${recording}.wav`);

  /** Asterisk records into directories that exist, and makes none. */
  async makeRoom(recording: string): Promise<void> {
    await mkdir(dirname(this.fileOf(recording)), { recursive: true, mode: 0o770 });
  }

  /** On the disk when it resolves. */
  async begin(note: DepositNote): Promise<void> {
    const path = this.#note(note);
    await this.makeRoom(this.recordingOf(note));
    const file = await open(`${path}.part`, 'w', 0o600);
    try {
      await file.write(JSON.stringify(note));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(`${path}.part`, path);
    await syncDirectory(dirname(path));
  }

  async noteOf(name: MessageName): Promise<DepositNote | undefined> {
    const text = await readFile(this.#note(name), 'utf8').catch(ifMissing(undefined));
    return text === undefined ? undefined : readNote(text);
  }

  /** Makes the recording durable; undefined when there is nothing to hear. */
  async secure(name: MessageName): Promise<WavFacts | undefined> {
    const path = this.fileOf(this.recordingOf(name));
    const facts = await secureWav(path).catch(ifMissing(undefined));
    if (facts !== undefined) await syncDirectory(dirname(path));
    return facts;
  }

  /** The row is in the database. */
  async stored(name: MessageName): Promise<void> {
    await rm(this.#note(name), { force: true });
  }

  async remove(name: MessageName): Promise<void> {
    await rm(this.fileOf(this.recordingOf(name)), { force: true });
    await rm(this.#note(name), { force: true });
  }

  async mailboxes(): Promise<readonly string[]> {
    const names = await readdir(join(this.directory, FOLDER)).catch(ifMissing([]));
    return names.filter((name) => UUID.test(name));
  }

  /** Ids of what is there: notes (messages on their way) and recordings. */
  async contents(
    mailbox: string,
  ): Promise<{ readonly notes: readonly string[]; readonly recordings: readonly string[] }> {
    const names = await readdir(join(this.directory, FOLDER, mailbox)).catch(ifMissing([]));
    const withEnding = (ending: string) =>
      names.flatMap((name) => {
        const id = name.slice(0, -ending.length);
        return name.endsWith(ending) && UUID.test(id) ? [id] : [];
      });
    return { notes: withEnding('.json'), recordings: withEnding('.wav') };
  }

  async exists(recording: string): Promise<boolean> {
    return (await stat(this.fileOf(recording)).catch(ifMissing(undefined))) !== undefined;
  }

  /** Puts a recording in another's place at once; false when it holds no sound. */
  async replace(recording: string, by: string): Promise<boolean> {
    if ((await secureWav(this.fileOf(by)).catch(ifMissing(undefined))) === undefined) return false;
    await rename(this.fileOf(by), this.fileOf(recording));
    await syncDirectory(dirname(this.fileOf(recording)));
    return true;
  }

  async drop(recording: string): Promise<void> {
    await rm(this.fileOf(recording), { force: true });
  }

  #note = (name: MessageName): string => `${join(this.directory, this.recordingOf(name))}.json`;
}

const ifMissing =
  <T>(value: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };

/** A new name is only safe when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
