import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type EndpointRow, type EndpointView } from './endpoint-rows.js';

const name = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/**
 * The file beside Asterisk that holds what the views held when PostgreSQL last answered (res_config_sqlite3 reads it).
 * Asterisk reads while we write: hence the write-ahead log. Holds digests: nobody but its owner may read it.
 */
export class EndpointFile {
  private readonly db: DatabaseSync;
  private readonly columns: ReadonlyMap<EndpointView, readonly string[]>;

  /** Opens or makes the file; a table whose columns are no longer those of its view is made anew, empty. */
  constructor(path: string, columns: ReadonlyMap<EndpointView, readonly string[]>) {
    this.db = new DatabaseSync(path, { timeout: 2_000 });
    chmodSync(path, 0o600);
    this.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY');
    this.columns = columns;
    for (const [view, names] of columns) this.shape(view, names);
  }

  /** Writes rows, in one transaction; what is there already as it is costs no write. */
  put(view: EndpointView, rows: readonly EndpointRow[]): void {
    const names = this.columns.get(view) ?? [];
    const others = names.filter((one) => one !== 'id').map(name);
    const upsert = this.db.prepare(
      `INSERT INTO ${view} (${names.map(name).join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${others.map((one) => `${one} = excluded.${one}`).join(', ')}
       WHERE (${others.join(', ')}) IS NOT (${others.map((one) => `excluded.${one}`).join(', ')})`,
    );
    this.inOne(() => {
      for (const row of rows) upsert.run(...names.map((one) => row[one] ?? null));
    });
  }

  remove(view: EndpointView, ids: readonly string[]): void {
    const drop = this.db.prepare(`DELETE FROM ${view} WHERE id = ?`);
    this.inOne(() => {
      for (const id of ids) drop.run(id);
    });
  }

  /** The next ids after this one, in the file's order. */
  idsAfter(view: EndpointView, after: string, most: number): readonly string[] {
    const rows = this.db.prepare(`SELECT id FROM ${view} WHERE id > ? ORDER BY id LIMIT ?`).all(after, most);
    return rows.map(({ id }) => String(id));
  }

  close(): void {
    this.db.close();
  }

  private shape(view: EndpointView, names: readonly string[]): void {
    const has = this.db.prepare(`SELECT name FROM pragma_table_info('${view}') ORDER BY cid`).all();
    if (has.length === names.length && has.every((row, at) => row['name'] === names[at])) return;
    const columns = names.map((one) => `${name(one)} TEXT${one === 'id' ? ' PRIMARY KEY NOT NULL' : ''}`);
    this.db.exec(`DROP TABLE IF EXISTS ${view}; CREATE TABLE ${view} (${columns.join(', ')}) WITHOUT ROWID`);
  }

  private inOne(work: () => void): void {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.db.exec('COMMIT');
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }
}
