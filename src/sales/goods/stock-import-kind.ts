import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ImportKind } from '../../infra/http/imports/import-kind.js';
import { Imports } from '../../infra/http/imports/imports.service.js';
import { ok } from '../../kernel/result.js';
import { takeStockIn } from './goods.service.js';

const stockImport: ImportKind<Readonly<Record<string, never>>> = {
  kind: 'stock',
  policy: 'shop.manage',
  options: z.strictObject({}),
  columns: '`goods`, `serial`',
  read: async (run) => {
    const done = await takeStockIn(run, run.file);
    if (!done.ok) return done;
    const { added, refused } = done.value;
    const badRows = refused.map(({ line, reason }) => ({ line, reason, field: '', text: '' }));
    await run.inTx((tx) => run.note(tx, { good: added, bad: refused.length }, badRows));
    return ok({ added });
  },
};

@Injectable()
export class StockImports {
  constructor(imports: Imports) {
    imports.register(stockImport);
  }
}
