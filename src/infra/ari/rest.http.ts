import http from 'node:http';
import https from 'node:https';
import type { Clock } from '../../kernel/clock.js';
import type { Secret } from '../../kernel/secret.js';
import type { RestAnswer, RestChannel, RestRequest } from './rest.js';

export interface HttpOptions {
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  /** From the call of `send` to the last byte of the answer, waiting for a free socket included. */
  readonly deadlineMs: number;
  /** Below http.conf's `sessionlimit` (100), which browsers' SIP sockets share: beyond it Asterisk drops connections. */
  readonly maxSockets: number;
}

/** Below http.conf's `session_keep_alive` (15 s): never reuse a socket that Asterisk is about to close. */
const IDLE_SOCKET_MS = 10_000;
/** A listing of 10,000 channels is about 6 MB. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** ARI over HTTP/1.1 keep-alive on its own few sockets. */
export class HttpChannel implements RestChannel {
  private readonly agent: http.Agent;
  private readonly request: typeof http.request;
  private readonly target: http.RequestOptions;
  private readonly base: string;
  private readonly authorization: string;

  constructor(
    private readonly options: HttpOptions,
    private readonly clock: Clock,
  ) {
    const { protocol, hostname, port, pathname } = new URL(options.url);
    const secure = protocol === 'https:';
    this.request = secure ? https.request : http.request;
    this.agent = new (secure ? https.Agent : http.Agent)({
      keepAlive: true,
      maxSockets: options.maxSockets,
      timeout: IDLE_SOCKET_MS,
    });
    this.target = { hostname, port, agent: this.agent };
    this.base = `${pathname.replace(/\/$/, '')}/ari`;
    const credentials = `${options.username}:${options.password.reveal()}`;
    this.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }

  send({ method, path, body }: RestRequest): Promise<RestAnswer> {
    return new Promise((settle) => {
      const content = body === undefined ? undefined : JSON.stringify(body);
      const request = this.request({
        ...this.target,
        method,
        path: this.base + path,
        headers: {
          authorization: this.authorization,
          ...(content === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
        },
      });
      const giveUp = (message: string): void => {
        cancelDeadline();
        settle({ kind: 'unanswered', message });
        request.destroy();
      };
      const cancelDeadline = this.clock.after(this.options.deadlineMs, () =>
        giveUp(`no answer within ${this.options.deadlineMs} ms`),
      );
      request.on('error', (error: NodeJS.ErrnoException) => giveUp(error.code ?? error.message));
      request.on('response', (response) =>
        collect(response, giveUp, (status, text) => {
          cancelDeadline();
          settle({ kind: 'answered', status, body: text });
        }),
      );
      request.end(content);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function collect(
  response: http.IncomingMessage,
  giveUp: (message: string) => void,
  done: (status: number, text: string) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) giveUp('answer too long');
    else chunks.push(chunk);
  });
  response.on('error', (error) => giveUp(error.message));
  response.on('end', () => done(response.statusCode ?? 0, Buffer.concat(chunks).toString()));
}
