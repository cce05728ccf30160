/** One AMI message: header names in lower case; of a repeated header the first value. */
export type AmiMessage = ReadonlyMap<string, string>;

/** Names and values are checked by the writer: no line break can get into an action. */
export type AmiFields = Readonly<Record<string, string>>;

const MAX_PENDING_CHARACTERS = 1024 * 1024;

/** Cuts a byte stream into messages. Lines without a colon (the banner, stray text) are skipped, empty blocks as well. */
export class AmiSplitter {
  private pending = '';

  /** Returns the messages completed by this piece, or undefined when the peer sends no message end for ever. */
  feed(piece: string): readonly AmiMessage[] | undefined {
    this.pending += piece;
    const blocks = this.pending.split(/\r?\n\r?\n/);
    this.pending = blocks.pop() ?? '';
    if (this.pending.length > MAX_PENDING_CHARACTERS) return undefined;
    return blocks.map(parseMessage).filter((message) => message.size > 0);
  }
}

/** The action as sent, or undefined if a name or value has a character that would end its line. */
export function formatAction(name: string, actionId: string, fields: AmiFields): string | undefined {
  const lines = Object.entries({ Action: name, ActionID: actionId, ...fields }).map(
    ([key, value]) => `${key}: ${value}`,
  );
  return lines.some((line) => /\p{Cc}/u.test(line)) ? undefined : `${lines.join('\r\n')}\r\n\r\n`;
}

function parseMessage(block: string): AmiMessage {
  const message = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const key = line.slice(0, colon).trim().toLowerCase();
    if (!message.has(key)) message.set(key, line.slice(colon + 1).trim());
  }
  return message;
}
