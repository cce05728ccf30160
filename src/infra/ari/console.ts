import { connect } from 'node:net';
import type { Clock } from '../../kernel/clock.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';

export interface ConsoleOptions {
  /** Asterisk's control socket, `asterisk.ctl` in its run directory. */
  readonly path: string;
  readonly deadlineMs: number;
}

/** `unavailable`: no socket, or no complete answer in time; nobody knows whether it was carried out. `unsendable`: a word that no command can carry. */
export type ConsoleFailure = Failure<'console.unavailable' | 'console.refused' | 'console.unsendable'>;

/** netconsole() reads a command at once into 512 bytes; what does not fit, it drops without a word (main/asterisk.c). */
const MOST_BYTES = 511;
/** Asterisk's own words for "one command, then hang up": what `asterisk -rx` sends. */
const ONE_COMMAND = 'cli quit after ';
/** Contacts of 100,000 phones are about 50 MB. */
const MOST_ANSWER_BYTES = 128 * 1024 * 1024;

/**
 * Console commands over Asterisk's control socket, one connection each. For the few rare things that ARI lacks; the manager
 * interface would do as well, but while it is turned on Asterisk builds its events for every channel of every call.
 */
export class AsteriskConsole {
  constructor(
    private readonly options: ConsoleOptions,
    private readonly clock: Clock,
  ) {}

  /** What Asterisk prints. Each word reaches the command as it is, whatever characters it has. */
  run(...words: readonly string[]): Promise<Result<string, ConsoleFailure>> {
    const command = `${ONE_COMMAND}${words.map(quoted).join(' ')}\0`;
    const unsendable = words.some((word) => /\p{Cc}/u.test(word)) || Buffer.byteLength(command) > MOST_BYTES;
    const name = words.slice(0, 4).join(' ');
    return unsendable
      ? Promise.resolve(
          err(
            failure('console.unsendable', `${name}: a word is too long or has a control character`, {
              hint: 'leave out control characters',
            }),
          ),
        )
      : this.exchange(name, command);
  }

  private exchange(name: string, command: string): Promise<Result<string, ConsoleFailure>> {
    const { path, deadlineMs } = this.options;
    return new Promise((settle) => {
      const socket = connect(path);
      const pieces: Buffer[] = [];
      let bytes = 0;
      const finish = (result: Result<string, ConsoleFailure>): void => {
        cancelDeadline();
        socket.destroy();
        settle(result);
      };
      const giveUp = (reason: string): void => finish(err(unavailable(path, name, reason)));
      const cancelDeadline = this.clock.after(deadlineMs, () => giveUp(`no answer within ${deadlineMs} ms`));
      socket.on('connect', () => socket.write(command));
      socket.on('data', (piece) => {
        pieces.push(piece);
        bytes += piece.length;
        if (bytes > MOST_ANSWER_BYTES) giveUp('the answer does not end');
      });
      socket.on('error', (error: NodeJS.ErrnoException) => giveUp(error.code ?? error.message));
      socket.on('close', () => {
        const answer = answerOf(Buffer.concat(pieces).toString());
        if (answer === undefined) giveUp('closed without a greeting');
        else finish(ok(answer));
      });
    });
  }
}

/** Everything after the greeting, `<host>/<pid>/<version>`; undefined when that never came. */
function answerOf(text: string): string | undefined {
  const [greeting = '', ...lines] = text.split('\n');
  return /^.+\/\d+\/.+$/.test(greeting) ? lines.join('\n') : undefined;
}

/** parse_args() of main/cli.c: blanks end a word unless it is quoted, a backslash takes the next character as it is. */
const quoted = (word: string): string => `"${word.replaceAll(/["\\]/g, '\\$&')}"`;

function unavailable(path: string, name: string, reason: string): ConsoleFailure {
  return failure('console.unavailable', `${name}: ${reason}`, {
    hint: `is Asterisk running, and may this process write to ${path} (ASTERISK_CONTROL_SOCKET)?`,
    retry: 'safe',
  });
}
