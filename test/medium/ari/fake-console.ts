import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'cli quit after ';

/** A control socket as Asterisk's: greets, reads one command, prints and hangs up. Emits `command`. */
export class FakeConsole extends EventEmitter {
  readonly commands: string[] = [];
  greeting = 'host/42/22.10.1\n';
  /** What a command prints; undefined = nothing, and the connection stays open. */
  answer: (command: string) => string | undefined = () => '';
  private readonly open = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly directory: string,
  ) {
    super();
    server.on('connection', (socket) => this.serve(socket));
  }

  static async start(): Promise<FakeConsole> {
    const directory = await mkdtemp(join(tmpdir(), 'console-'));
    const server = createServer();
    const fake = new FakeConsole(server, directory);
    server.listen(fake.path);
    await once(server, 'listening');
    return fake;
  }

  get path(): string {
    return join(this.directory, 'asterisk.ctl');
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.open) socket.destroy();
    await closed;
    await rm(this.directory, { recursive: true });
  }

  private serve(socket: Socket): void {
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    socket.on('error', () => undefined);
    socket.write(this.greeting);
    socket.once('data', (data) => {
      const text = data.toString();
      const command = text.slice(PREFIX.length, text.indexOf('\0'));
      if (!text.startsWith(PREFIX)) throw new Error(`not a single command: ${text}`);
      this.commands.push(command);
      this.emit('command', command);
      const printed = this.answer(command);
      if (printed !== undefined) socket.end(printed);
    });
  }
}
