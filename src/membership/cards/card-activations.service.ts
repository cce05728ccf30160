import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { PageEvents } from '../../infra/http/events/page-events.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { nextState } from '../../kernel/fsm.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, ok, type Result } from '../../kernel/result.js';
import { cardRefused, notThere } from './card.failures.js';
import { admitAttempt, clearAttempts, sweepAttempts } from './card-attempts.js';
import { readCardFile } from './domain/card-file.js';
import { type CardCode, isCardNumber } from './domain/card-number.js';
import { type ActivationEnd, type CardState, cardStates } from './domain/card-states.js';
import { pinFits } from './pin-code.js';
import { takeoverNotice } from './takeover-notice.js';

/** Somebody is on a terminal with his card. */
export interface Activation {
  readonly id: string;
  readonly cardId: string;
  readonly memberId: string;
  readonly deviceId: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

/** How somebody shows that a card is his: its number, or the file that stands for it, and its PIN code. */
export type CardGiven = CardCode | { readonly file: string; readonly pin: string };

export interface ProvedCard {
  readonly cardId: string;
  readonly memberId: string;
}

interface CardRow {
  readonly id: string;
  readonly number: string;
  readonly memberId: string | null;
  readonly state: CardState;
  readonly pinHash: string;
  readonly fileIssue: number;
  readonly instead: boolean;
  readonly hours: number;
}

/**
 * Putting a card in at a telephone, and taking it out. That it is on one terminal is the database's own rule; the terminal that it is
 * taken from is told. What calls make of it they learn by the table's notifications.
 */
@Injectable()
export class CardActivations {
  constructor(
    private readonly db: Db,
    private readonly pages: PageEvents,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** By number and PIN code, keyed in at any telephone. */
  byCode(code: CardCode, deviceId: string): Promise<Result<Activation, Failure>> {
    return this.withPin(code, deviceId);
  }

  /** By the file that stands for the number, and the PIN code. */
  byFile(file: string, pin: string, deviceId: string): Promise<Result<Activation, Failure>> {
    return this.withPin({ file, pin }, deviceId);
  }

  /**
   * That somebody has a card and knows its PIN code, at a browser that is no telephone yet. `terminal`: what attempts from there are
   * counted by. The card is put in by `byKey`.
   */
  async prove(given: CardGiven, terminal: string): Promise<Result<ProvedCard, Failure>> {
    const proved = await this.proved(given, terminal);
    if (!proved.ok) return proved;
    const { id, number, memberId } = proved.value;
    await clearAttempts(this.db, number, terminal);
    return memberId === null ? err(cardRefused) : ok({ cardId: id, memberId });
  }

  /** Of a card whose holder has been proved otherwise: by a security key that knows him. */
  async byKey(cardId: string, deviceId: string): Promise<Result<Activation, Failure>> {
    return this.db.inTx(async (tx) => {
      const card = await lockedCard(tx, cardId);
      return card === undefined ? err(cardRefused) : this.put(tx, card, deviceId);
    });
  }

  async onTerminal(deviceId: string): Promise<Activation | undefined> {
    const [row] = await this.db.rows<Activation>(
      `SELECT ${ACTIVATION} FROM card_activation WHERE device_id = $1 AND ended_at IS NULL AND expires_at > now()`,
      [deviceId],
    );
    return row;
  }

  /** Takes the card out of a terminal. */
  async end(deviceId: string, by: ActivationEnd): Promise<Result<Activation, Failure>> {
    return this.db.inTx(async (tx) => {
      const [ended] = await endWhere(tx, 'device_id = $1', [deviceId], by);
      return ended === undefined ? err(notThere) : ok(ended);
    });
  }

  /** Lost or stolen: it is worth nothing from this moment on, and off the terminal where it is. */
  async revoke(tx: Tx, cardId: string): Promise<boolean> {
    const ended = await endWhere(tx, 'card_id = $1', [cardId], 'revoked');
    this.tell(tx, ended);
    const revoked = await tx.run(
      "UPDATE flash_card SET state = 'revoked', revoked_at = now() WHERE id = $1 AND state <> 'revoked'",
      [cardId],
    );
    return revoked === 1;
  }

  /** Ends what has lasted long enough, and what is on a browser that is gone. */
  async sweep(): Promise<void> {
    await this.db.inTx(async (tx) => {
      this.tell(tx, await endWhere(tx, 'expires_at < now()', [], 'time-out'));
      await endWhere(tx, `device_id IN (${BROWSERS_GONE})`, [], 'terminal-lost');
      await sweepAttempts(tx);
    });
  }

  private async withPin(given: CardGiven, deviceId: string): Promise<Result<Activation, Failure>> {
    const proved = await this.proved(given, deviceId);
    if (!proved.ok) return proved;
    const card = proved.value;
    const put = await this.db.inTx(async (tx) => {
      const now = await lockedCard(tx, card.id);
      // Another PIN code or file in between: what was looked at holds no more.
      if (now?.pinHash !== card.pinHash || now.fileIssue !== card.fileIssue) return err(cardRefused);
      return this.put(tx, now, deviceId);
    });
    if (put.ok) await clearAttempts(this.db, card.number, deviceId);
    return put;
  }

  /** The card that number (or file) and PIN code fit; one answer, in the same time, for all others. */
  private async proved(given: CardGiven, terminal: string): Promise<Result<CardRow, Failure>> {
    const { number, issue } = this.numberOf(given);
    const admitted = await admitAttempt(this.db, number, terminal);
    const [card] = isCardNumber(number)
      ? await this.db.rows<CardRow>(`SELECT ${CARD} FROM flash_card WHERE number = $1`, [number])
      : [];
    // Looked at also when there are too many attempts: the time that it takes must not tell.
    const fits = await pinFits(card?.pinHash, given.pin);
    if (!admitted || !fits || card === undefined) return err(cardRefused);
    return issue === undefined || issue === card.fileIssue ? ok(card) : err(cardRefused);
  }

  /** A file that is none of ours is an attempt at a card that there is not. */
  private numberOf(given: CardGiven): { readonly number: string; readonly issue?: number } {
    if ('number' in given) return { number: given.number };
    const key = this.config.cardFileKey;
    return (key && readCardFile(given.file, key)) ?? { number: 'file' };
  }

  private async put(tx: Tx, card: CardRow, deviceId: string): Promise<Result<Activation, Failure>> {
    const next = nextState(cardStates, card.state, card.state === 'active' ? 'taken-over' : 'activated');
    const [terminal] = await tx.rows(TERMINAL, [deviceId]);
    const [holder] = await tx.rows("SELECT FROM member WHERE id = $1 AND status = 'active'", [card.memberId]);
    if (!next.ok || terminal === undefined || holder === undefined) return err(cardRefused);
    const [elsewhere] = await endWhere(tx, 'card_id = $1', [card.id], 'takeover');
    await endWhere(tx, 'device_id = $1', [deviceId], 'other-card');
    const [made] = await tx.rows<Activation>(
      `INSERT INTO card_activation (id, card_id, device_id, member_id, instead, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(hours => $6)) RETURNING ${ACTIVATION}`,
      [newId(), card.id, deviceId, card.memberId, card.instead, card.hours],
    );
    await tx.run('UPDATE flash_card SET state = $2 WHERE id = $1', [card.id, next.value]);
    if (made === undefined) throw new Error('an INSERT without conflict made no row');
    if (elsewhere !== undefined && elsewhere.deviceId !== deviceId) {
      this.tell(tx, [elsewhere]);
      const notice = await takeoverNotice(tx, elsewhere);
      if (notice !== undefined) await this.outbox.add(tx, notice);
    }
    return ok(made);
  }

  /** The page of a terminal hears that the card has left it. */
  private tell(tx: Tx, ended: readonly Activation[]): void {
    if (ended.length === 0) return;
    this.pages.after(
      tx,
      ...ended.map(({ deviceId }) => ({
        at: [{ topic: 'terminal', key: deviceId }],
        type: 'card.left',
        data: {},
      })),
    );
  }
}

const ACTIVATION = `id, card_id AS "cardId", member_id AS "memberId", device_id AS "deviceId", started_at AS "startedAt",
  expires_at AS "expiresAt"`;
const CARD = `id, number, member_id AS "memberId", state, pin_hash AS "pinHash", file_issue AS "fileIssue", instead, hours`;

/** A browser says every half minute that it is there (src/exchange/phone/sip-door.ts). */
const BROWSERS_GONE = "SELECT device_id FROM browser_phone WHERE seen_at < now() - interval '90 seconds'";

/** Held until the end of the transaction: two cards for one terminal come one after the other. */
const TERMINAL = `
  SELECT FROM device d JOIN member m ON m.id = d.member_id
   WHERE d.id = $1 AND d.enabled AND m.status = 'active' FOR UPDATE OF d`;

async function lockedCard(tx: Tx, id: string): Promise<CardRow | undefined> {
  const [card] = await tx.rows<CardRow>(`SELECT ${CARD} FROM flash_card WHERE id = $1 FOR UPDATE`, [id]);
  return card;
}

/** `condition` is a constant of ours. The card is free again, unless it goes straight to another terminal. */
async function endWhere(
  tx: Tx,
  condition: string,
  values: readonly unknown[],
  by: ActivationEnd,
): Promise<readonly Activation[]> {
  const place = values.length + 1;
  const ended = await tx.rows<Activation>(
    `UPDATE card_activation SET ended_at = now(), ended_by = $${place}
      WHERE ended_at IS NULL AND ${condition} RETURNING ${ACTIVATION}`,
    [...values, by],
  );
  if (ended.length > 0)
    await tx.run("UPDATE flash_card SET state = 'ready' WHERE id = ANY($1) AND state = 'active'", [
      ended.map(({ cardId }) => cardId),
    ]);
  return ended;
}
