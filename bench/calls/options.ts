import { parseArgs } from 'node:util';
import { roles } from '../../src/config.js';
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
  /** Roles of our application; without `worker` nothing happens after a call's record: that much is the call path alone. */
  readonly roles: string;
  readonly json: boolean;
  /** Leave the run's directory: logs, SIP messages, configurations. */
  readonly keep: boolean;
  /** Our application's CPU profile goes there, too (and costs CPU). */
  readonly profile: boolean;
}

export const usage = `usage: ./anydial bench calls [options]
  --quick             20 calls/s in 3 rounds, a short search for the highest rate; under 3 minutes (default)
  --full              20, 60 and 120 calls/s for 20 s in 5 rounds, a longer search
  --peers a,b         of ${peerNames.join(', ')} (default: all)
  --rate a,b          calls per second instead of the mode's
  --seconds n         how long each rate is offered
  --rounds n          how often, the peers taking turns
  --max-rate n        where the search for the highest rate stops; 0 = no search
  --roles a,b         what our application does (default: web,exchange,worker); exchange is the call path alone
  --keep              leave the run's directory with all logs and messages
  --profile           also a CPU profile of our application (costs some CPU); implies --keep
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
  const { rate, json, keep, profile, ...given } = flags.value;
  const mode = given.full ? full : quick;
  const peers = chosenFrom(peerNames, given.peers);
  if (peers === undefined) return err(`--peers takes any of ${peerNames.join(', ')}.`);
  const chosenRoles = chosenFrom(roles, given.roles);
  if (!chosenRoles?.includes('exchange'))
    return err(`--roles takes exchange and any of ${roles.join(', ')}.`);
  const rates = rate === undefined ? mode.rates : listOf(rate).map(Number);
  const seconds = Number(given.seconds ?? mode.seconds);
  const rounds = Number(given.rounds ?? mode.rounds);
  const highest = Number(given['max-rate'] ?? mode.maxRate);
  if (
    ![...rates, seconds, rounds, highest + 1].every(
      (count) => Number.isInteger(count) && count > 0 && count <= 1001,
    )
  )
    return err('--rate, --seconds, --rounds and --max-rate take whole numbers up to 1000.');
  const steps = stepsUpTo(highest);
  return ok({
    peers,
    rates,
    seconds,
    rounds,
    search: steps.length === 0 ? undefined : { steps, seconds: mode.searchSeconds },
    roles: chosenRoles.join(','),
    json: json === true,
    keep: keep === true || profile === true,
    profile: profile === true,
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
        profile: { type: 'boolean' },
        roles: { type: 'string' },
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

/** The named ones, all when none are named; undefined when a name is unknown. */
function chosenFrom<Name extends string>(
  known: readonly Name[],
  text: string | undefined,
): readonly Name[] | undefined {
  if (text === undefined) return known;
  const names = listOf(text).map((name) => known.find((one) => one === name));
  return names.every((name) => name !== undefined) ? names : undefined;
}
