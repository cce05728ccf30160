import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { getMetadataArgsStorage, type MigrationInterface } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;
// biome-ignore lint/complexity/noBannedTypes: what TypeORM calls an entity target is exactly a Function
export type EntityClass = Function;

const SOURCES = join(import.meta.dirname, '..', '..');

/** Every module's `migrations/*.ts`: classes named `<What><13-digit milliseconds>`, the order they run in. */
export async function findMigrations(): Promise<readonly MigrationClass[]> {
  const classes = await exportsOf('migrations');
  const misnamed = classes.filter((one) => !/^[A-Z][A-Za-z]*\d{13}$/.test(one.name));
  if (misnamed.length > 0) throw new Error(`migrations without a time in their name: ${namesOf(misnamed)}`);
  const stamps = classes.map((one) => one.name.slice(-13));
  if (new Set(stamps).size !== stamps.length)
    throw new Error(`two migrations share a time: ${namesOf(classes)}`);
  return classes as MigrationClass[];
}

/** Every class in a module's `entities/*.ts` that carries `@Entity()`. */
export async function findEntities(): Promise<readonly EntityClass[]> {
  const classes = await exportsOf('entities');
  const tables = new Set(getMetadataArgsStorage().tables.map((table) => table.target));
  return classes.filter((one) => tables.has(one));
}

async function exportsOf(folder: 'migrations' | 'entities'): Promise<readonly EntityClass[]> {
  const files: string[] = [];
  for await (const file of glob([`*/${folder}/*.{ts,js}`, `infra/*/${folder}/*.{ts,js}`], { cwd: SOURCES })) {
    if (!/\.(d|spec)\.ts$/.test(file)) files.push(join(SOURCES, file));
  }
  const modules: object[] = await Promise.all(files.sort().map((file) => import(file)));
  return modules.flatMap((module) => Object.values(module)).filter((value) => typeof value === 'function');
}

const namesOf = (classes: readonly EntityClass[]): string => classes.map((one) => one.name).join(', ');
