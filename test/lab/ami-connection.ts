import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { History } from './history.js';

/** Fields of one AMI message. */
export type AmiMessage = Readonly<Record<string, string>>;

/** Where the lab's manager interface listens, on the port of its ARI (asterisk/lab/manager.conf). */
export const LAB_AMI_ADDRESS = '127.0.0.99';

/** Listens to the manager events of the lab's Asterisk. */
export class AmiConnection {
  readonly events = new History<AmiMessage>('AMI', (message) => JSON.stringify(message));
  #pending = '';

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#receive(text));
    socket.on('close', () => this.events.close(new Error('the AMI connection was closed')));
  }

  /** @throws when nobody listens or the login is refused. */
  static async open(port: number, username: string, secret: string): Promise<AmiConnection> {
    const socket = connect({ host: LAB_AMI_ADDRESS, port });
    await once(socket, 'connect');
    const ami = new AmiConnection(socket);
    socket.on('error', (error) => ami.events.close(error));
    socket.write(`Action: Login\r\nUsername: ${username}\r\nSecret: ${secret}\r\n\r\n`);
    const answer = await ami.events.first('answer to the login', (message) => 'Response' in message);
    if (answer['Response'] === 'Success') return ami;
    socket.destroy();
    throw new Error(`AMI login was refused: ${answer['Message']}`);
  }

  close(): void {
    this.socket.destroy();
  }

  /** Messages are separated by an empty line; the greeting is a line of its own before the first one. */
  #receive(text: string): void {
    const blocks = (this.#pending + text).split('\r\n\r\n');
    this.#pending = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\r\n').map((line) => line.split(/: ?(.*)/s, 2));
      this.events.add(Object.fromEntries(lines.filter(([name, value]) => name && value !== undefined)));
    }
  }
}
