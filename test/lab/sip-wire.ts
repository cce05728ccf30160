import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { decodeHep } from './hep.js';
import { History } from './history.js';
import { describeSip, parseSip, type SipMessage } from './sip-message.js';

/** The loopback address at which the lab's Asterisk delivers what it sees on the wire (asterisk/lab/hep.conf). */
export const WIRE_ADDRESS = '127.0.0.99';

/** Where Asterisk says it sends from and receives at, whatever the role's own address is (res_hep_pjsip guesses it). */
const GUESSED_LOCAL_ADDRESS = '127.0.0.1';

/** Every SIP message that the lab sent or received while this is open: the evidence of what was on the wire, and when. */
export class SipWire {
  readonly messages = new History<SipMessage>('SIP wire of the lab', describeSip);
  readonly #dialogs = new Map<string, History<SipMessage>>();
  readonly #socket: Socket;

  /** Told of each message as it comes. */
  onMessage: (message: SipMessage) => void = () => {};
  readonly #local: string;

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#local = `${GUESSED_LOCAL_ADDRESS}:${port}`;
    socket.on('message', (packet) => this.#receive(packet));
  }

  /** @throws EADDRINUSE when another driver is attached to the same lab. */
  static async open(port: number): Promise<SipWire> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
    const wire = new SipWire(socket, port);
    socket.bind(port, WIRE_ADDRESS);
    await once(socket, 'listening');
    return wire;
  }

  /**
   * Messages of one Call-ID, past and future.
   * @param peer `address:port`: a call from one lab role to another is two dialogs, one at each end.
   */
  dialog(callId: string, peer: string): History<SipMessage> {
    const key = `${callId} ${peer}`;
    const known = this.#dialogs.get(key);
    if (known) return known;
    const dialog = new History<SipMessage>(`call ${callId}`, describeSip);
    this.#dialogs.set(key, dialog);
    return dialog;
  }

  close(): void {
    this.#socket.close();
    const closed = new Error('the driver was detached from the lab');
    this.messages.close(closed);
    for (const dialog of this.#dialogs.values()) dialog.close(closed);
  }

  #receive(packet: Buffer): void {
    const captured = decodeHep(packet);
    if (!captured) return;
    const direction = captured.from === this.#local ? 'out' : 'in';
    const peer = direction === 'out' ? captured.to : captured.from;
    const message = parseSip(captured.payload, { at: captured.at, direction, peer });
    if (!message) return;
    this.messages.add(message);
    this.dialog(message.callId, peer).add(message);
    this.onMessage(message);
  }
}
