import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { TableRows } from '../../infra/db/table-rows.js';
import type { Tx } from '../../infra/db/tx.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { cardUnknown, noFileKey } from './card.failures.js';
import { cardFileText } from './domain/card-file.js';
import { newCardCode, newPin, serialOf } from './domain/card-number.js';
import type { CardState } from './domain/card-states.js';
import { hashPin } from './pin-code.js';

export interface CardView {
  readonly id: string;
  readonly serial: string;
  readonly number: string;
  readonly memberId: string | null;
  readonly state: CardState;
  readonly label: string;
  /** While it is active, his own telephones are silent. */
  readonly instead: boolean;
  readonly hours: number;
}

/** A card as it is printed: the only time that its PIN code is told. */
export interface MadeCard {
  readonly serial: string;
  readonly number: string;
  readonly pin: string;
}

export const CARDS = new TableRows<CardView>(
  'flash_card',
  ['id'],
  ['id', 'serial', 'number', 'memberId', 'state', 'label', 'instead', 'hours'],
);

/** Cards from the press to their holder. */
@Injectable()
export class Cards {
  constructor(
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** New blank cards for the press and the shop's stock. */
  async make(count: number): Promise<readonly MadeCard[]> {
    const codes = Array.from({ length: count }, newCardCode);
    const hashes = await Promise.all(codes.map(({ pin }) => hashPin(pin)));
    return this.db.inTx(async (tx) => {
      // Serials count up; whoever makes cards at the same time waits.
      await tx.rows("SELECT pg_advisory_xact_lock(hashtext('flash_card.serial'))");
      const [last] = await tx.rows<{ serial: string }>('SELECT max(serial) AS serial FROM flash_card');
      const first = Number((last?.serial ?? serialOf(0)).slice(2)) + 1;
      const serials = codes.map((_, place) => serialOf(first + place));
      await tx.run(
        `INSERT INTO flash_card (id, serial, number, pin_hash)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])`,
        [codes.map(newId), serials, codes.map(({ number }) => number), hashes],
      );
      return codes.map((code, place) => ({ ...code, serial: serials[place] ?? '' }));
    });
  }

  /** Sold: from now on it is this member's. Again for the same member it is no error; a card of somebody else stays his. */
  async bind(tx: Tx, serial: string, memberId: string): Promise<Result<string, Failure>> {
    const [card] = await tx.rows<{ id: string }>(
      `UPDATE flash_card SET member_id = $2, state = 'ready' WHERE serial = $1 AND state = 'blank' RETURNING id`,
      [serial, memberId],
    );
    if (card !== undefined) return ok(card.id);
    const [his] = await tx.rows<{ id: string }>(
      'SELECT id FROM flash_card WHERE serial = $1 AND member_id = $2',
      [serial, memberId],
    );
    return his === undefined ? err(cardUnknown) : ok(his.id);
  }

  /** Another PIN code, told once. Whoever forgot the old one asks in his own account. */
  async renewPin(memberId: string, id: string): Promise<Result<string, Failure>> {
    const pin = newPin();
    const changed = await this.db.run(
      "UPDATE flash_card SET pin_hash = $3 WHERE id = $1 AND member_id = $2 AND state IN ('ready', 'active')",
      [id, memberId, await hashPin(pin)],
    );
    return changed === 1 ? ok(pin) : err(cardUnknown);
  }

  /** The text of a card file (and QR code), which makes all that were made before worthless. */
  async file(memberId: string, id: string): Promise<Result<string, Failure>> {
    const key = this.config.cardFileKey;
    if (key === undefined) return err(noFileKey);
    const [card] = await this.db.rows<{ number: string; issue: number }>(
      `UPDATE flash_card SET file_issue = file_issue + 1
        WHERE id = $1 AND member_id = $2 AND state IN ('ready', 'active') RETURNING number, file_issue AS issue`,
      [id, memberId],
    );
    return card === undefined ? err(cardUnknown) : ok(cardFileText(card, key));
  }
}
