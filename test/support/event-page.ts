export interface Told {
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One message of the stream: `message` with what was told, `ready` or `resync`. */
export interface Message {
  readonly name: string;
  readonly id: string;
  readonly told: Told | undefined;
}

/** A page that listens to `GET /v1/events`, with all that it has heard. */
export class EventPage {
  readonly messages: Message[] = [];
  private wake: () => void = () => undefined;
  private over = false;

  private constructor(
    private readonly reader: ReadableStreamDefaultReader<Uint8Array>,
    private readonly leaving: AbortController,
  ) {
    void this.read();
  }

  static async open(
    url: string,
    topics: string,
    headers: Readonly<Record<string, string>>,
    lastId?: string,
  ): Promise<EventPage> {
    const leaving = new AbortController();
    const response = await fetch(`${url}/v1/events?topics=${topics}`, {
      headers: { ...headers, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
      signal: leaving.signal,
    });
    if (response.status !== 200 || response.body === null)
      throw new Error(`events: ${response.status} ${await response.text()}`);
    const page = new EventPage(response.body.getReader(), leaving);
    await page.next(({ name }) => name === 'ready' || name === 'resync');
    return page;
  }

  /** The first message that fits, heard already or to come; an error when the stream ends before. */
  async next(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(fits);
      if (found !== undefined) return found;
      if (this.over) throw new Error(`the stream ended after ${JSON.stringify(this.messages)}`);
      await this.news();
    }
  }

  told(type: string): Promise<Message> {
    return this.next((message) => message.told?.type === type);
  }

  get types(): readonly string[] {
    return this.messages.flatMap(({ told }) => (told === undefined ? [] : [told.type]));
  }

  /** When the server has ended it. */
  async ended(): Promise<void> {
    while (!this.over) await this.news();
  }

  async leave(): Promise<void> {
    this.leaving.abort();
    await this.ended();
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for (let part = await this.reader.read(); !part.done; part = await this.reader.read()) {
        const blocks = (rest + decoder.decode(part.value, { stream: true })).split('\n\n');
        rest = blocks.pop() ?? '';
        this.messages.push(...blocks.filter((block) => !block.startsWith(':')).map(messageOf));
        this.wake();
      }
    } catch {
      // Left, or cut: over either way.
    }
    this.over = true;
    this.wake();
  }
}

function messageOf(block: string): Message {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const name = field('event') ?? 'message';
  return {
    name,
    id: field('id') ?? '',
    told: name === 'message' ? (JSON.parse(field('data') ?? '{}') as Told) : undefined,
  };
}
