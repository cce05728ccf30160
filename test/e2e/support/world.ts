import { afterAll, afterEach, beforeAll, jest } from '@jest/globals';
import type pg from 'pg';
import { LabAsterisk } from '../../lab/lab-asterisk.js';
import type { LabPhone } from '../../lab/lab-phone.js';
import { ExchangeProcess } from './exchange-process.js';
import { nothingLeft } from './idle.js';
import { Records } from './records.js';

/** The world of one spec file: the lab, the running exchange, the records, and phones A and B, registered. */
export interface World {
  readonly lab: LabAsterisk;
  readonly exchange: ExchangeProcess;
  readonly records: Records;
  /** Kim Ara, Seoul, 02-6200-6100-082. */
  readonly phoneA: LabPhone;
  /** Lee Bomin, Seoul, 02-6200-6200-082. */
  readonly phoneB: LabPhone;
}

export interface WorldOptions {
  /** Rows that have to be there before the exchange starts. */
  readonly rows?: (db: pg.Client) => Promise<void>;
  /** Takes them away again. */
  readonly noRows?: (db: pg.Client) => Promise<void>;
  /** More environment of the exchange's process. */
  readonly environment?: () => Readonly<Record<string, string>>;
}

/** Builds the world before the file's tests, checks after each that nothing is left, and ends it after them. */
export function inWorld({ rows, noRows, environment }: WorldOptions = {}): World {
  // Every wait has a deadline of its own that says what was missing; this one only ends what hangs beyond them.
  jest.setTimeout(90_000);
  const world: { -readonly [Name in keyof World]?: World[Name] } = {};
  const exchange = new ExchangeProcess(environment);

  beforeAll(async () => {
    world.records = await Records.open();
    await rows?.(world.records.client);
    world.lab = await LabAsterisk.attach();
    world.exchange = exchange;
    await exchange.start();
    const plugged = [await world.lab.samplePhone('lab-a'), await world.lab.samplePhone('lab-b')] as const;
    [world.phoneA, world.phoneB] = plugged;
    for (const answer of await Promise.all(plugged.map((phone) => phone.register()))) {
      if (answer.status !== 200) throw new Error(`a phone could not register: ${answer.raw}`);
    }
  });

  afterEach(async () => {
    if (!world.lab || !world.records) return;
    try {
      if (!exchange.running) await exchange.start();
      await nothingLeft(world.lab, world.records);
    } catch (error) {
      // What one test left must not fail the next.
      await world.lab.hangupAll();
      throw error;
    }
  });

  afterAll(async () => {
    await world.lab?.unplugPhones();
    await exchange.stop();
    await world.lab?.detach();
    if (world.records) await noRows?.(world.records.client);
    await world.records?.close();
  });

  // Complete from the first beforeAll on; a test that runs without it fails at its first step.
  return world as World;
}
