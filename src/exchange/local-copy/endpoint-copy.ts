import type { Sql } from '../../infra/db/sql.js';
import { EndpointFile } from './endpoint-file.js';
import { columnsOfViews, type EndpointView, endpointViews, idsAfter, rowsById } from './endpoint-rows.js';

interface CopyLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Small pages: writing one holds the process up for about two milliseconds. */
const PAGE = 200;
const DEVICES_OF_MEMBER = 'SELECT username AS id FROM device WHERE member_id = $1';

/**
 * Keeps the copy of devices and trunks that Asterisk falls back on while PostgreSQL does not answer, so that a phone whose
 * objects it has not cached can still call for help. Pages of the whole and single changes go one after the other, so an
 * older row never overwrites a newer one. The copy is a help, never a duty: when it fails, the log says so, and calls go on.
 */
export class EndpointCopy {
  private file: EndpointFile | undefined;
  private work: Promise<void> = Promise.resolve();
  /** Counts the whole copies asked for: only the latest goes on. */
  private rounds = 0;

  constructor(
    private readonly sql: Sql,
    private readonly path: string,
    private readonly log: CopyLog,
  ) {}

  /** A notification as the tables' triggers write it, `<table>:<key>`. Resolves when the copy is as the row is, or failed. */
  changed(payload: string): Promise<void> {
    const table = payload.slice(0, payload.indexOf(':'));
    const key = payload.slice(table.length + 1);
    switch (table) {
      case 'device':
      case 'trunk':
        return this.queue(() => this.copy([key]));
      case 'member':
        return this.queue(async () => {
          const devices = await this.sql.rows<{ id: string }>(DEVICES_OF_MEMBER, [key]);
          return this.copy(devices.map(({ id }) => id));
        });
      default:
        return this.work;
    }
  }

  /** Changes may have been missed: everything is compared, page by page. Resolves when that is done, or has failed. */
  async resync(): Promise<void> {
    const round = ++this.rounds;
    const pages = [
      ...(['device', 'trunk'] as const).map((table) => (after: string) => this.idsOfTable(table, after)),
      ...endpointViews.map((view) => (after: string) => this.idsOfFile(view, after)),
    ];
    for (const nextIds of pages) {
      let after: string | undefined = '';
      while (after !== undefined) {
        if (round !== this.rounds) return;
        after = await this.page(nextIds, after);
      }
    }
    this.log.info({ path: this.path }, 'the copy of devices and trunks beside Asterisk is up to date');
  }

  /** Resolves when all changes so far are written. */
  settled(): Promise<void> {
    return this.work;
  }

  async close(): Promise<void> {
    this.rounds++;
    await this.work;
    this.file?.close();
    this.file = undefined;
  }

  /** Copies one page of ids, whether their rows are there or not. @returns its last id; undefined at the end, or on failure. */
  private async page(
    nextIds: (after: string) => Promise<readonly string[]>,
    after: string,
  ): Promise<string | undefined> {
    let last: string | undefined;
    await this.queue(async () => {
      const ids = await nextIds(after);
      if (ids.length > 0) await this.copy(ids);
      last = ids.at(-1);
    });
    return last;
  }

  private idsOfTable(table: 'device' | 'trunk', after: string): Promise<readonly string[]> {
    return idsAfter(this.sql, table, after, PAGE);
  }

  /** What the file has of rows that are gone is found by asking for its own ids. */
  private async idsOfFile(view: EndpointView, after: string): Promise<readonly string[]> {
    return (await this.open()).idsAfter(view, after, PAGE);
  }

  private async copy(ids: readonly string[]): Promise<void> {
    const file = await this.open();
    const pages = await Promise.all(endpointViews.map((view) => rowsById(this.sql, view, ids)));
    for (const [at, view] of endpointViews.entries()) {
      const rows = pages[at] ?? [];
      file.put(view, rows);
      file.remove(
        view,
        ids.filter((id) => !rows.some((row) => row.id === id)),
      );
    }
  }

  private async open(): Promise<EndpointFile> {
    this.file ??= new EndpointFile(this.path, await columnsOfViews(this.sql));
    return this.file;
  }

  private queue(task: () => Promise<void>): Promise<void> {
    this.work = this.work.then(task).catch((error: unknown) => {
      this.log.warn(
        { err: error, path: this.path },
        'the copy beside Asterisk could not be brought up to date',
      );
    });
    return this.work;
  }
}
