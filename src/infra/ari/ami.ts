import type { CancelTimer, Clock } from '../../kernel/clock.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import type { Secret } from '../../kernel/secret.js';
import { type AmiAddress, type AmiAnswer, AmiConnection } from './ami.connection.js';
import type { AmiFields, AmiMessage } from './ami.protocol.js';
import { type SecurityEvent, securityEvent } from './ami.security-events.js';
import type { AriLog } from './ari-log.js';
import { type BackOff, waitBefore } from './backoff.js';

export interface AmiOptions extends AmiAddress {
  readonly username: string;
  readonly secret: Secret;
  readonly deadlineMs: number;
  /** A ping this often notices a connection that is gone without saying so. */
  readonly pingMs: number;
  readonly backOff: BackOff;
}

/** `unavailable`: not connected, or no answer in time. `refused`: Asterisk said no, its words in the message. */
export type AmiFailure = Failure<'ami.unavailable' | 'ami.refused' | 'ami.unsendable'>;
export interface AmiReply {
  readonly response: AmiMessage;
  readonly list: readonly AmiMessage[];
}

/** Asterisk's manager interface: logs in, stays logged in, runs actions, hands on security events. */
export class AmiClient {
  private connection: AmiConnection | undefined;
  private loggedIn = false;
  private stopped = false;
  private failures = 0;
  private cancelTimer: CancelTimer = () => undefined;
  private readonly listeners = new Set<(event: SecurityEvent) => void>();
  private readonly arrivals = new Set<() => void>();

  constructor(
    private readonly options: AmiOptions,
    private readonly clock: Clock,
    private readonly log: AriLog,
  ) {}

  get ready(): boolean {
    return this.loggedIn;
  }

  /** Begins connecting, in the background and for as long as we live. */
  start(): void {
    const connection = new AmiConnection(this.options, this.clock, {
      onConnect: () => void this.login(connection),
      onEvent: (event) => this.handOn(event),
      onClose: (reason) => this.retry(reason),
    });
    this.connection = connection;
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer();
    this.connection?.close('stopped');
  }

  /** Returns how to stop listening. */
  onSecurityEvent(listener: (event: SecurityEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called after each log-in, the first too: what was to be said meanwhile may have been lost. Returns how to stop. */
  onLogin(listener: () => void): () => void {
    this.arrivals.add(listener);
    return () => this.arrivals.delete(listener);
  }

  async run(name: string, fields: AmiFields): Promise<Result<AmiReply, AmiFailure>> {
    if (!this.loggedIn || this.connection === undefined) return err(unavailable(name, 'not logged in'));
    return replyOf(name, await this.connection.send(name, fields, this.options.deadlineMs));
  }

  private async login(connection: AmiConnection): Promise<void> {
    const { username, secret, deadlineMs } = this.options;
    const fields = { Username: username, Secret: secret.reveal() };
    const reply = replyOf('Login', await connection.send('Login', fields, deadlineMs));
    if (!reply.ok) return connection.close(reply.failure.message);
    this.loggedIn = true;
    this.failures = 0;
    this.log.info({ host: this.options.host }, 'logged in to the manager interface');
    this.watch(connection);
    for (const listener of this.arrivals) listener();
  }

  private watch(connection: AmiConnection): void {
    this.cancelTimer = this.clock.after(this.options.pingMs, async () => {
      const pong = await connection.send('Ping', {}, this.options.deadlineMs);
      if (pong.kind === 'answered') this.watch(connection);
      else connection.close('no answer to a ping');
    });
  }

  private retry(reason: string): void {
    this.loggedIn = false;
    this.cancelTimer();
    if (this.stopped) return;
    const waitMs = Math.round(waitBefore(this.failures, this.options.backOff));
    this.failures += 1;
    this.log.warn({ reason, attempt: this.failures, waitMs }, 'no manager interface; connecting again');
    this.cancelTimer = this.clock.after(waitMs, () => this.start());
  }

  private handOn(message: AmiMessage): void {
    const event = securityEvent(message);
    if (event === undefined) return;
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        this.log.error({ err: error }, 'a security event handler threw');
      }
    }
  }
}

function replyOf(name: string, answer: AmiAnswer): Result<AmiReply, AmiFailure> {
  switch (answer.kind) {
    case 'unsendable':
      return err(failure('ami.unsendable', `${name}: a field has a control character in it`));
    case 'unanswered':
      return err(unavailable(name, answer.message));
    case 'answered':
      return answer.response.get('response') === 'Error'
        ? err(failure('ami.refused', `${name}: ${answer.response.get('message') ?? 'refused'}`))
        : ok({ response: answer.response, list: answer.list });
  }
}

function unavailable(name: string, reason: string): AmiFailure {
  return failure('ami.unavailable', `${name}: ${reason}`, {
    hint: 'is Asterisk running, and are AMI_HOST, AMI_PORT, AMI_USERNAME and AMI_SECRET those of its manager.conf?',
    retry: 'safe',
  });
}
