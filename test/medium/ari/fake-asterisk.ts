import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';

/** Used operations as Asterisk 22.10.1 describes them (cut from its rest-api/*.json), by resource. */
type ApiDocs = Record<
  string,
  { path: string; operations: { nickname: string; [more: string]: unknown }[] }[]
>;
const docs = JSON.parse(readFileSync(join(import.meta.dirname, 'api-docs.json'), 'utf8')) as ApiDocs;

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly authorization: string;
}
/** `never`: takes the request and says nothing. `destroy`: drops the connection. `cut`: stops in the middle of the answer. */
export type FakeAnswer = { status: number; body?: unknown } | 'never' | 'destroy' | 'cut';

/** An ARI server that misbehaves on demand. Emits `request`, `event-socket` (WebSocket) and `socket-closed`. */
export class FakeAsterisk extends EventEmitter {
  readonly requests: FakeRequest[] = [];
  /** Credentials of each request for the interface description. */
  readonly docsAuthorizations: string[] = [];
  readonly sockets = new Set<Socket>();
  mostSockets = 0;
  connections = 0;
  port = 0;
  answer: (request: FakeRequest) => FakeAnswer = () => ({ status: 204 });
  answerDocs: (resource: string) => FakeAnswer | string = (resource) => this.docsOf(resource);
  acceptsEvents = true;
  private readonly events: WebSocketServer;

  private constructor(
    private readonly server: Server,
    private readonly sessionLimit: number,
    autoPong: boolean,
  ) {
    super();
    this.events = new WebSocketServer({ noServer: true, autoPong });
    server.on('connection', (socket) => this.admit(socket));
    server.on('request', (request, response) => void this.respond(request, response));
    server.on('upgrade', (request, socket, head) => {
      if (!this.acceptsEvents) socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      else this.events.handleUpgrade(request, socket, head, (ws) => this.emit('event-socket', ws, request));
    });
  }

  static async start({ port = 0, sessionLimit = 1000, autoPong = true } = {}): Promise<FakeAsterisk> {
    const server = createServer();
    const fake = new FakeAsterisk(server, sessionLimit, autoPong);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    fake.port = (server.address() as AddressInfo).port;
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The next event connection. Ask before whatever makes it come. */
  async nextEventSocket(): Promise<WebSocket> {
    const [socket] = await once(this, 'event-socket');
    return socket as WebSocket;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** The description of one resource, or the list of resources; `without` leaves an operation out, as an older Asterisk does. */
  docsOf(resource: string, without?: string): FakeAnswer {
    const head = { apiVersion: '2.0.0', swaggerVersion: '1.1', basePath: `${this.url}/ari` };
    if (resource === 'resources') {
      const apis = Object.keys(docs).map((name) => ({
        path: `/api-docs/${name}.{format}`,
        description: name,
      }));
      return { status: 200, body: { ...head, apis } };
    }
    const apis = (docs[resource] ?? []).map((api) => ({
      ...api,
      operations: api.operations.filter((operation) => `${resource}.${operation.nickname}` !== without),
    }));
    return {
      status: 200,
      body: { ...head, resourcePath: `/api-docs/${resource}.{format}`, apis, models: {} },
    };
  }

  private admit(socket: Socket): void {
    if (this.sockets.size >= this.sessionLimit) {
      socket.destroy();
      return;
    }
    this.connections += 1;
    this.sockets.add(socket);
    this.mostSockets = Math.max(this.mostSockets, this.sockets.size);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.emit('socket-closed');
    });
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const text = (await request.toArray()).join('');
    const authorization = request.headers.authorization ?? '';
    const document = /^\/ari\/api-docs\/(\w+)\.json$/.exec(url.pathname)?.[1];
    if (document !== undefined) {
      this.docsAuthorizations.push(authorization);
      reply(response, this.answerDocs(document));
      return;
    }
    const seen: FakeRequest = {
      method: request.method ?? '',
      path: url.pathname.replace(/^\/ari/, ''),
      query: Object.fromEntries(url.searchParams),
      body: text === '' ? undefined : JSON.parse(text),
      authorization,
    };
    this.requests.push(seen);
    this.emit('request', seen);
    reply(response, this.answer(seen));
  }
}

function reply(response: ServerResponse, answer: FakeAnswer | string): void {
  if (answer === 'never') return;
  if (answer === 'destroy') {
    response.destroy();
  } else if (answer === 'cut') {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('[{"id":', () => response.destroy());
  } else if (typeof answer === 'string') {
    response.end(answer);
  } else {
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    response.writeHead(answer.status, { 'content-length': Buffer.byteLength(text) });
    response.end(text);
  }
}
