import type { Assignment, Branch, Shadow } from '../own/assignment.js';
import { cccOfRegion } from '../telephone/country-codes.js';
import type { Region } from '../telephone/region.js';
import { packDigits, unpackDigits } from './packed-digits.js';
import { packUuid, unpackUuid } from './packed-uuid.js';
import { RowTable } from './row-table.js';

/** A number's row: key (24 characters), id, holder, region and flags, first shadow's row + 1. */
const KEY_WORDS = 3;
const ID = 3;
const HOLDER = 7;
const META = 11;
const FIRST_SHADOW = 12;
const NUMBER_WORDS = 13;

/** A shadow's row: E.164 (16 digits), number's row, next shadow of the number + 1, country and flag. */
const E164_WORDS = 2;
const OWNER = 2;
const NEXT = 3;
const SHADOW_META = 4;
const SHADOW_WORDS = 5;

/** Above the two letters of a region. */
const FLAG = 1 << 16;

/** Sold numbers and their shadows as rows of typed arrays: 1 million of each in about 100 MB. Branches, few, are objects. */
export class PackedAssignments {
  readonly #numbers = new RowTable(KEY_WORDS, NUMBER_WORDS);
  readonly #shadows = new RowTable(E164_WORDS, SHADOW_WORDS);
  readonly #branches = new Map<number, readonly Branch[]>();

  get size(): number {
    return this.#numbers.size;
  }

  get bytes(): number {
    return this.#numbers.bytes + this.#shadows.bytes;
  }

  byKey(key: string): Assignment | undefined {
    const row = key.length > KEY_WORDS * 8 ? -1 : this.#numbers.find(packDigits(key, KEY_WORDS));
    return row < 0 ? undefined : this.#read(row);
  }

  byShadow(e164: string): Assignment | undefined {
    const row = this.#shadows.find(packDigits(e164.slice(1), E164_WORDS));
    return row < 0 ? undefined : this.#read(this.#shadows.word(row, OWNER));
  }

  /** Throws if another number has one of the shadows: the database lets an E.164 be only one's. */
  put(assignment: Assignment): void {
    // Everything that can throw comes first: a number that is refused changes nothing.
    const packed = pack(assignment);
    this.#refuseForeignShadows(assignment);
    this.remove(assignment.key);
    const row = this.#numbers.insert(packed);
    this.#numbers.setRow(row, packed);
    if (assignment.kind === 'vns') this.#branches.set(row, assignment.branches);
    // Each goes before the one put last: put from the back, they are read in their order.
    for (const shadow of assignment.shadows.toReversed()) this.#putShadow(shadow, row);
  }

  remove(key: string): void {
    const packed = packDigits(key, KEY_WORDS);
    const row = this.#numbers.find(packed);
    if (row < 0) return;
    for (const { e164 } of this.#shadowsOf(row)) this.#shadows.remove(packDigits(e164.slice(1), E164_WORDS));
    this.#branches.delete(row);
    this.#numbers.remove(packed);
  }

  #refuseForeignShadows({ key, shadows }: Assignment): void {
    if (new Set(shadows.map(({ e164 }) => e164)).size < shadows.length)
      throw new Error(`${key}: a shadow twice`);
    for (const { e164 } of shadows) {
      const owner = this.byShadow(e164);
      if (owner !== undefined && owner.key !== key)
        throw new Error(`${e164} is the shadow of ${owner.key} already`);
    }
  }

  #putShadow({ e164, country, verified }: Shadow, owner: number): void {
    const row = this.#shadows.insert(packDigits(e164.slice(1), E164_WORDS));
    this.#shadows.setWord(row, OWNER, owner);
    this.#shadows.setWord(row, NEXT, this.#numbers.word(owner, FIRST_SHADOW));
    this.#shadows.setWord(row, SHADOW_META, packRegion(country, verified));
    this.#numbers.setWord(owner, FIRST_SHADOW, row + 1);
  }

  #read(row: number): Assignment {
    const { rows } = this.#numbers;
    const at = this.#numbers.offset(row);
    const key = unpackDigits(rows, at, KEY_WORDS);
    const meta = rows[at + META] ?? 0;
    const region = unpackRegion(meta);
    const sold = {
      id: unpackUuid(rows, at + ID),
      key,
      holderId: unpackUuid(rows, at + HOLDER),
      shadows: this.#shadowsOf(row),
      region,
    };
    const branches = this.#branches.get(row);
    return branches === undefined
      ? { ...sold, kind: 'pin', ccc: key.slice(-3), identification: (meta & FLAG) !== 0 }
      : { ...sold, kind: 'vns', ccc: cccOfRegion(region) ?? '', branches };
  }

  #shadowsOf(row: number): readonly Shadow[] {
    const shadows: Shadow[] = [];
    let next = this.#numbers.word(row, FIRST_SHADOW);
    while (next !== 0) {
      const meta = this.#shadows.word(next - 1, SHADOW_META);
      const digits = unpackDigits(this.#shadows.rows, this.#shadows.offset(next - 1), E164_WORDS);
      shadows.push({ country: unpackRegion(meta), e164: `+${digits}`, verified: (meta & FLAG) !== 0 });
      next = this.#shadows.word(next - 1, NEXT);
    }
    return shadows;
  }
}

function pack(assignment: Assignment): Uint32Array {
  const packed = new Uint32Array(NUMBER_WORDS);
  packed.set(packDigits(assignment.key, KEY_WORDS));
  packUuid(assignment.id, packed, ID);
  packUuid(assignment.holderId, packed, HOLDER);
  packed[META] = packRegion(assignment.region, assignment.kind === 'pin' && assignment.identification);
  return packed;
}

function packRegion(region: Region, flag: boolean): number {
  return (region.charCodeAt(0) << 8) | region.charCodeAt(1) | (flag ? FLAG : 0);
}

function unpackRegion(meta: number): Region {
  return String.fromCharCode((meta >> 8) & 0xff, meta & 0xff);
}
