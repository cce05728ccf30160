import { z } from 'zod';

/** What is known of a message before it is recorded: a small file beside the recording, until the row is in the database. */
export interface DepositNote {
  /** The call's, and the message's. */
  readonly id: string;
  readonly mailbox: string;
  readonly callerNumber?: string;
  readonly callerName?: string;
  /** ISO 8601. */
  readonly receivedAt: string;
}

const note = z.strictObject({
  id: z.uuid(),
  mailbox: z.uuid(),
  callerNumber: z.string().min(1).max(255).exactOptional(),
  callerName: z.string().min(1).max(255).exactOptional(),
  receivedAt: z.iso.datetime(),
});

/** Undefined for a file that was not written whole, or that is none of ours. */
export function readNote(text: string): DepositNote | undefined {
  try {
    const read = note.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
