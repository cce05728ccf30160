import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CallRecord } from '../../../src/exchange/domain/record.js';
import { CallJournal } from '../../../src/exchange/journal.js';
import { story } from './story.js';

describe('the journal on disk', () => {
  let directory: string;
  let reports: string[];
  const saved: CallRecord[] = [];
  const open = () => CallJournal.open(directory, (what) => reports.push(what));
  const files = () => readdirSync(directory).sort();
  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'anydial-journal-')), 'calls');
    reports = [];
    saved.splice(0);
  });
  afterEach(() => rmSync(join(directory, '..'), { recursive: true }));

  const take = async (record: CallRecord) => {
    saved.push(record);
    return 'done' as const;
  };

  test('given_records_of_a_former_process_when_opened_then_they_are_replayed_in_order_and_the_files_removed', async () => {
    const [one, two] = [story(1), story(2)];
    const former = await open();
    for (const record of [one.setUp, two.setUp, one.ended]) await former.append(record);
    const journal = await open();
    expect(journal.size).toBe(2);
    expect(journal.latest().find(({ id }) => id === one.id)).toEqual(one.ended);
    expect(await journal.replay(take)).toBe(true);
    expect(saved).toEqual([one.setUp, two.setUp, one.ended]);
    expect(files()).toEqual([]);
    expect(journal.size).toBe(0);
  });

  test('given_a_torn_last_line_when_opened_then_all_whole_lines_are_kept_and_the_tear_is_reported', async () => {
    const former = await open();
    await former.append(story(1).setUp);
    await former.append(story(2).setUp);
    const file = join(directory, files()[0] ?? '');
    const bytes = readFileSync(file);
    for (const cut of [1, 7, 40, 300]) {
      writeFileSync(file, bytes.subarray(0, bytes.length - cut));
      reports = [];
      const journal = await open();
      expect(journal.size).toBe(1);
      expect(reports).toHaveLength(1);
    }
  });

  test('given_a_damaged_line_in_the_middle_then_the_others_are_kept', async () => {
    const former = await open();
    for (const n of [1, 2, 3]) await former.append(story(n).setUp);
    const file = join(directory, files()[0] ?? '');
    const lines = readFileSync(file, 'utf8').split('\n');
    lines[1] = lines[1]?.replace('gw-kr', 'gw-xx') ?? '';
    writeFileSync(file, lines.join('\n'));
    expect((await open()).latest().map(({ id }) => id)).toEqual([story(1).id, story(3).id]);
  });

  test('given_the_database_goes_away_again_while_replaying_then_nothing_is_lost', async () => {
    const journal = await open();
    for (const n of [1, 2, 3]) await journal.append(story(n).setUp);
    const replies = ['done', 'later'] as const;
    expect(await journal.replay(async () => replies[saved.push(story(1).setUp) - 1] ?? 'later')).toBe(false);
    expect(journal.size).toBe(2);
    await journal.append(story(4).setUp);
    saved.splice(0);
    expect(await (await open()).replay(take)).toBe(true);
    expect(saved.map(({ id }) => id)).toEqual([1, 2, 3, 4].map((n) => story(n).id));
  });

  test('given_a_record_that_the_database_never_takes_then_it_is_put_aside_and_the_rest_goes_on', async () => {
    const journal = await open();
    await journal.append(story(1).setUp);
    await journal.append(story(2).setUp);
    const refused = story(1).id;
    expect(await journal.replay(async (record) => (record.id === refused ? 'never' : take(record)))).toBe(
      true,
    );
    expect(saved.map(({ id }) => id)).toEqual([story(2).id]);
    expect(files()).toEqual([`refused-${refused}-1.journal`]);
    expect((await open()).size).toBe(0);
  });

  test('given_a_record_that_a_dying_process_adds_while_we_replay_then_it_is_replayed_too', async () => {
    const former = await open();
    await former.append(story(1).setUp);
    const journal = await open();
    await journal.replay(async (record) => {
      if (saved.length === 0) await former.append(story(2).setUp);
      return take(record);
    });
    expect(new Set(saved.map(({ id }) => id))).toEqual(new Set([story(1).id, story(2).id]));
  });

  test('keeps 200 records that were written at once, in a file that nobody else can read', async () => {
    const journal = await open();
    await Promise.all(Array.from({ length: 200 }, (_, n) => journal.append(story(n).setUp)));
    expect(journal.size).toBe(200);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, files()[0] ?? '')).mode & 0o777).toBe(0o600);
  });

  test('given_a_disk_that_refuses_then_the_writer_is_told', async () => {
    const journal = await open();
    rmSync(directory, { recursive: true });
    appendFileSync(directory, 'a file where the directory was');
    await expect(journal.append(story(1).setUp)).rejects.toThrow();
    expect(journal.size).toBe(0);
    rmSync(directory);
  });
});
