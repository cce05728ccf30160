import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../src/kernel/result.js';

export const peerNames = ['dialplan', 'naive', 'ours'] as const;
export type PeerName = (typeof peerNames)[number];

/** What one run of the bench does. Rates are calls per second, durations seconds. */
export interface Options {
  readonly peers: readonly PeerName[];
  readonly rates: readonly number[];
  readonly seconds: number;
  /** Each rate is run this often per peer, the peers taking turns. */
  readonly rounds: number;
  /** Steps tried upwards until one fails; undefined = no search. */
  readonly search: { readonly steps: readonly number[]; readonly seconds: number } | undefined;
  readonly json: boolean;
  /** Leave the run's directory: logs, SIP messages, configurations. */
  readonly keep: boolean;
}

export const usage = `usage: ./anydial bench calls [options]
  --quick             20 calls/s in 3 rounds, a short search for the highest rate; under 3 minutes (default)
  --full              20, 60 and 120 calls/s for 20 s in 5 rounds, a longer search
  --peers a,b         of ${peerNames.join(', ')} (default: all)
  --rate a,b          calls per second instead of the mode's
  --seconds n         how long each rate is offered
  --rounds n          how often, the peers taking turns
  --max-rate n        where the search for the highest rate stops; 0 = no search
  --keep              leave the run's directory with all logs and messages
  --json              one JSON object on standard output instead of the table`;

interface Mode {
  readonly rates: readonly number[];
  readonly seconds: number;
  readonly rounds: number;
  readonly searchSeconds: number;
  readonly maxRate: number;
}
const quick: Mode = { rates: [20], seconds: 5, rounds: 3, searchSeconds: 3, maxRate: 250 };
const full: Mode = { rates: [20, 60, 120], seconds: 20, rounds: 5, searchSeconds: 15, maxRate: 400 };

/** The failure is a sentence for the person at the terminal. */
export function parseOptions(argv: readonly string[]): Result<Options, string> {
  const flags = readFlags(argv);
  if (!flags.ok) return flags;
  const { peers, rate, seconds, rounds, 'max-rate': maxRate, full: isFull, json, keep } = flags.value;
  const mode = isFull ? full : quick;
  const chosen = peers === undefined ? peerNames : listOf(peers);
  if (!chosen.every(isPeerName) || chosen.length === 0)
    return err(`--peers takes any of ${peerNames.join(', ')}.`);
  const rates = rate === undefined ? mode.rates : listOf(rate).map(Number);
  const highest = Number(maxRate ?? mode.maxRate);
  const counts = [...rates, Number(seconds ?? mode.seconds), Number(rounds ?? mode.rounds), highest + 1];
  if (!counts.every((count) => Number.isInteger(count) && count > 0 && count <= 1001))
    return err('--rate, --seconds, --rounds and --max-rate take whole numbers up to 1000.');
  const steps = stepsUpTo(highest);
  return ok({
    peers: chosen,
    rates,
    seconds: Number(seconds ?? mode.seconds),
    rounds: Number(rounds ?? mode.rounds),
    search: steps.length === 0 ? undefined : { steps, seconds: mode.searchSeconds },
    json: json === true,
    keep: keep === true,
  });
}

function readFlags(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        quick: { type: 'boolean' },
        full: { type: 'boolean' },
        json: { type: 'boolean' },
        keep: { type: 'boolean' },
        peers: { type: 'string' },
        rate: { type: 'string' },
        seconds: { type: 'string' },
        rounds: { type: 'string' },
        'max-rate': { type: 'string' },
      },
    });
    return ok(values);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

/** 100, 150, 200 …: steps of 50 calls/s. */
function stepsUpTo(limit: number): readonly number[] {
  const steps: number[] = [];
  for (let rate = 100; rate <= limit; rate += 50) steps.push(rate);
  return steps;
}

function listOf(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

function isPeerName(name: string): name is PeerName {
  return peerNames.some((peer) => peer === name);
}
