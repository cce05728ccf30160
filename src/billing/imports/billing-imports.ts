import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { event } from '../../events.js';
import type { ImportKind } from '../../infra/http/imports/import-kind.js';
import { Imports } from '../../infra/http/imports/imports.service.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ok } from '../../kernel/result.js';
import { importDeck } from '../deck-import.service.js';
import { discardVersion } from '../deck-versions.service.js';
import { deckId, periodText } from '../requests.js';
import { badLinesOf, importStatement } from '../settlement/statement-import.service.js';

const deckOptions = z.strictObject({
  deckId,
  periods: z.array(periodText).max(10).default([]),
  mapping: z.record(z.string().max(100), z.string().max(100)).default({}),
});
const statementOptions = z.strictObject({ settlementId: z.uuid() });

/** Into a draft version, whose id is the import's. It is put in force by two persons, like any other. */
const rateDeck: ImportKind<z.output<typeof deckOptions>> = {
  kind: 'rate-deck',
  policy: 'rate-decks.manage',
  options: deckOptions,
  columns: '`prefix`, `per_minute` and those of [billing.md](billing.md); into a draft version',
  read: async (run) => {
    const { deckId: deck, periods, mapping } = run.options;
    const wish = { deckId: deck, periods, mapping, source: run.source, createdBy: run.by.accountId };
    await run.inTx((tx) => discardVersion(tx, run.importId).then(() => undefined));
    const done = await importDeck(run.inTx, { ...wish, versionId: run.importId }, run.file, ({ good, bad }) =>
      run.inTx((tx) => run.note(tx, { good, bad }, [])),
    );
    if (!done.ok) return done;
    const { good, bad, badRows, versionId } = done.value;
    await run.inTx((tx) => run.note(tx, { good, bad }, badRows));
    return ok({ versionId });
  },
  undo: async (tx, importId) => void (await discardVersion(tx, importId)),
};

/** Into an open settlement; the same file is taken once for a carrier. */
const statement = (outbox: Outbox): ImportKind<z.output<typeof statementOptions>> => ({
  kind: 'settlement-statement',
  policy: 'settlements.manage',
  options: statementOptions,
  columns: "the agreement's ([billing.md](billing.md))",
  read: async (run) => {
    const { settlementId } = run.options;
    const wish = { settlementId, source: run.source };
    const told = event('statement.imported', { settlementId });
    const done = await importStatement(run.inTx, wish, run.file, (tx) => outbox.add(tx, told));
    if (!done.ok) return done;
    const { lines, bad } = done.value;
    await run.inTx(async (tx) => {
      const badLines = await badLinesOf(tx, settlementId);
      await run.note(tx, { good: lines, bad }, badLines.ok ? badLines.value : []);
    });
    return ok({ settlementId });
  },
});

/** What billing reads in from files. */
@Injectable()
export class BillingImports {
  constructor(imports: Imports, outbox: Outbox) {
    imports.register(rateDeck);
    imports.register(statement(outbox));
  }
}
