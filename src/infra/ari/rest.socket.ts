import type { CancelTimer, Clock } from '../../kernel/clock.js';
import { integer, object, text } from './decode.fields.js';
import type { RESTResponse } from './generated/models.js';
import type { RestAnswer, RestChannel, RestRequest } from './rest.js';

/** One open event socket: takes a message, or loses it together with itself. */
export interface RequestLine {
  send(message: string): void;
}

export interface SocketChannelOptions {
  /** From the call of `send` to the answer. */
  readonly deadlineMs: number;
  /** Asterisk executes one socket's requests one after the other: behind one that takes longer than this nobody queues. */
  readonly slowMs: number;
}

interface Waiting {
  readonly sentAt: number;
  readonly settle: (answer: RestAnswer) => void;
  readonly cancelDeadline: CancelTimer;
}

/** The message of the event socket that answers a request. The application's event filter must let it through (seen on 22.10.1). */
export const ANSWER = 'RESTResponse' satisfies RESTResponse['type'];
const PING: RestRequest = { method: 'GET', path: '/asterisk/ping' };

/**
 * Requests over the socket that brings the events (`RESTRequest`): two thirds of HTTP's price. What only asks (GET) goes over
 * HTTP, since a listing may be longer than events may be held up for; so does everything while no socket is open, before
 * an open one has answered a ping (an Asterisk older than 22.4 says nothing), and while an answer on it is overdue.
 */
export class SocketChannel implements RestChannel {
  private line: RequestLine | undefined;
  private proven = false;
  private nextId = 1;
  /** In the order of sending. One whose deadline has passed stays until it is answered: the line is blocked that long. */
  private readonly waiting = new Map<string, Waiting>();

  constructor(
    private readonly http: RestChannel,
    private readonly clock: Clock,
    private readonly options: SocketChannelOptions,
  ) {}

  send(request: RestRequest): Promise<RestAnswer> {
    const { line } = this;
    return line !== undefined && request.method !== 'GET' && this.keepsOrder
      ? this.ask(line, request)
      : this.http.send(request);
  }

  /** While the socket is used: Asterisk reads it from the front. */
  get keepsOrder(): boolean {
    return this.line !== undefined && this.proven && this.isPrompt();
  }

  /** A socket is open. It is used from its first answer on. */
  opened(line: RequestLine): void {
    this.line = line;
    this.proven = false;
    void this.ask(line, PING).then((answer) => {
      if (this.line === line) this.proven = answer.kind === 'answered' && answer.status === 200;
    });
  }

  /** It is open no more: whether what it was sent and has not answered was carried out, nobody knows. */
  closed(line: RequestLine): void {
    if (this.line !== line) return;
    this.line = undefined;
    const unanswered = [...this.waiting.values()];
    this.waiting.clear();
    for (const one of unanswered) {
      one.cancelDeadline();
      one.settle({ kind: 'unanswered', message: 'the event socket closed' });
    }
  }

  /** Takes a message of the open socket if it is an answer; events are left to others. */
  take(message: unknown): boolean {
    const response = object<RESTResponse>(message);
    if (response?.type !== ANSWER) return false;
    const id = text(response.request_id) ?? '';
    const one = this.waiting.get(id);
    const status = integer(response.status_code);
    if (one === undefined || status === undefined) return true;
    this.waiting.delete(id);
    one.cancelDeadline();
    one.settle({ kind: 'answered', status, body: text(response.message_body) ?? '' });
    return true;
  }

  close(): void {
    this.http.close();
  }

  private ask(line: RequestLine, { method, path, body }: RestRequest): Promise<RestAnswer> {
    const id = String(this.nextId++);
    const message = {
      type: 'RESTRequest',
      transaction_id: id,
      request_id: id,
      method,
      // Below `/ari/`, without a slash before it.
      uri: path.slice(1),
      ...(body === undefined ? {} : { content_type: 'application/json', message_body: JSON.stringify(body) }),
    };
    return new Promise((settle) => {
      const { deadlineMs } = this.options;
      const cancelDeadline = this.clock.after(deadlineMs, () =>
        settle({ kind: 'unanswered', message: `no answer within ${deadlineMs} ms` }),
      );
      this.waiting.set(id, { sentAt: this.clock.elapsed(), settle, cancelDeadline });
      line.send(JSON.stringify(message));
    });
  }

  private isPrompt(): boolean {
    const [oldest] = this.waiting.values();
    return oldest === undefined || this.clock.elapsed() - oldest.sentAt <= this.options.slowMs;
  }
}
