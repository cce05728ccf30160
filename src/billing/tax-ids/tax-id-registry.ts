import type { TaxIdOf } from '../domain/invoice/tax-id.js';

/** Who knows whose a tax id is. `unknown`: nobody can say now; an answer later may differ. Must not throw. */
export interface TaxIdRegistry {
  ask(of: TaxIdOf): Promise<'valid' | 'invalid' | 'unknown'>;
}

/** Nest injection token of the `TaxIdRegistry`, or undefined where none is asked. */
export const TAX_ID_REGISTRY = Symbol('TAX_ID_REGISTRY');
