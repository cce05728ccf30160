import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SipMessage } from './sip-message.js';
import { parseSippTrace } from './sipp-trace.js';
import { udpBound } from './udp-bound.js';

/** Scenarios in test/lab/sipp: their comments say what each does and which CSV fields and keys it takes. */
export type SippScenario = 'register' | 'call' | 'answers' | 'refuses' | 'silent' | 'cancelled' | 'refers';

export interface SippOptions {
  readonly scenario: SippScenario;
  /** Loopback address and port of SIPp; the ports from `port` to `port + 9` must be free. */
  readonly local: { readonly address: string; readonly port: number };
  /** `host:port`; of scenarios that begin by themselves. */
  readonly remote?: string;
  /** One row per call, in order. */
  readonly csv?: readonly (readonly string[])[];
  /** Of `refuses`: status (`486 Busy Here`) and header (a whole line). */
  readonly keys?: Readonly<Record<string, string>>;
  /** How many calls, then it ends; the number of rows, or 1, when not given. */
  readonly calls?: number;
  /** Calls begun per second. */
  readonly rate?: number;
  /** What the scenario calls `-d`. */
  readonly pauseMs?: number;
  /** Ends whatever is not finished by then, as failed. */
  readonly deadlineSeconds?: number;
}

export interface SippResult {
  /** 0: every call went as the scenario says. 1: at least one did not. 97: deadline. Others: sipp could not work. */
  readonly exitCode: number;
  /** Everything sent and received, in order. */
  readonly messages: readonly SipMessage[];
  /** What sipp complained of. */
  readonly errors: string;
}

/** The CSV field of an account's secret: sipp makes it the Authorization header that answers the challenge. */
export function credentials(username: string, secret: string): string {
  return `[authentication username=${username} password=${secret}]`;
}

/** Beside this file's source, wherever the compiled one is. */
const scenarios = join(import.meta.dirname.replace(/\/dist\/test\/lab$/, '/test/lab'), 'sipp');

/** A SIPp at work. One that waits for calls listens before `start` returns. It leaves no file behind. */
export class Sipp {
  readonly result: Promise<SippResult>;

  private constructor(
    private readonly process: ChildProcess,
    directory: string,
    local: string,
  ) {
    this.result = collect(process, directory, local);
    // Whoever started it asks for the result when it wants to; until then a failure is not an unhandled one.
    this.result.catch(() => undefined);
  }

  /** @throws when sipp ends before it listens. */
  static async start(options: SippOptions): Promise<Sipp> {
    const directory = await mkdtemp(join(tmpdir(), 'anydial-sipp-'));
    await writeFile(join(directory, 'scenario.xml'), await scenarioOf(options));
    const rows = (options.csv ?? []).map((row) => row.join(';'));
    await writeFile(join(directory, 'rows.csv'), ['SEQUENTIAL', ...rows, ''].join('\n'));
    const child = spawn('sipp', argumentsOf(options, directory), { cwd: directory, stdio: 'ignore' });
    await once(child, 'spawn');
    const { address, port } = options.local;
    const sipp = new Sipp(child, directory, `${address}:${port}`);
    // Whoever begins the calls by itself needs nobody to know when it listens, and may be through before anybody looks.
    if (options.remote) return sipp;
    const deaf = sipp.result.then(({ errors }) => {
      throw new Error(`sipp ended before it listened: ${errors}`);
    });
    await Promise.race([udpBound(address, port, () => child.exitCode !== null), deaf]);
    return sipp;
  }

  /** Runs a scenario to its end. */
  static async run(options: SippOptions): Promise<SippResult> {
    return (await Sipp.start(options)).result;
  }

  /** Ends it now; what it saw so far is the result. */
  stop(): Promise<SippResult> {
    if (this.process.exitCode === null) this.process.kill('SIGKILL');
    return this.result;
  }
}

/** sipp's own `-key` doesn't work in a status line, so keys are filled in here: `[name]` becomes the value. */
async function scenarioOf({ scenario, keys = {} }: SippOptions): Promise<string> {
  const text = await readFile(join(scenarios, `${scenario}.xml`), 'utf8');
  return Object.entries(keys).reduce((filled, [name, value]) => filled.replaceAll(`[${name}]`, value), text);
}

function argumentsOf(options: SippOptions, directory: string): string[] {
  const { address, port } = options.local;
  const calls = options.calls ?? options.csv?.length ?? 1;
  return [
    ...(options.remote ? [options.remote] : []),
    ...['-sf', join(directory, 'scenario.xml')],
    ...['-i', address, '-p', `${port}`],
    // Its control and media sockets would otherwise be open to the world.
    ...['-ci', address, '-cp', `${port + 1}`, '-mi', address, '-mp', `${port + 2}`],
    ...['-m', `${calls}`, '-l', `${calls}`, '-r', `${options.rate ?? 10}`],
    ...(options.csv ? ['-inf', join(directory, 'rows.csv')] : []),
    ...['-d', `${options.pauseMs ?? 0}`, '-timeout', `${options.deadlineSeconds ?? 20}s`, '-timeout_error'],
    ...['-nostdin', '-trace_msg', '-message_file', join(directory, 'messages')],
    ...['-trace_err', '-error_file', join(directory, 'errors')],
  ];
}

async function collect(child: ChildProcess, directory: string, local: string): Promise<SippResult> {
  try {
    const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string | null];
    const read = (name: string) => readFile(join(directory, name), 'utf8').catch(() => '');
    const messages = parseSippTrace(await read('messages'), local);
    return { exitCode: exitCode ?? 128, messages, errors: signal ?? (await read('errors')) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
