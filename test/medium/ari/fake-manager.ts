import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export type ManagerAction = Readonly<Record<string, string>>;

/** A manager interface in miniature. Emits `action` with each action after it was answered. */
export class FakeManager extends EventEmitter {
  readonly actions: ManagerAction[] = [];
  port = 0;
  /** Raw text of the answer; undefined says nothing. */
  answer: (action: ManagerAction) => string | undefined = () => 'Response: Success';
  private sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    super();
    server.on('connection', (socket) => this.serve(socket));
  }

  static async start(port = 0): Promise<FakeManager> {
    const server = createServer();
    const fake = new FakeManager(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    fake.port = (server.address() as AddressInfo).port;
    return fake;
  }

  send(text: string): void {
    for (const socket of this.sockets) socket.write(text);
  }

  drop(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.drop();
    await closed;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.emit('closed');
    });
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    let pending = '';
    socket.on('data', (data) => {
      const blocks = (pending + String(data)).split('\r\n\r\n');
      pending = blocks.pop() ?? '';
      for (const block of blocks) this.take(socket, block);
    });
  }

  private take(socket: Socket, block: string): void {
    const pairs = block.split('\r\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]);
    const action: ManagerAction = Object.fromEntries(pairs);
    this.actions.push(action);
    const answer = this.answer(action);
    if (answer !== undefined)
      socket.write(
        answer
          .split('\n\n')
          .map((one) => `ActionID: ${action['ActionID']}\r\n${one.replaceAll('\n', '\r\n')}\r\n\r\n`)
          .join(''),
      );
    this.emit('action', action);
  }
}
