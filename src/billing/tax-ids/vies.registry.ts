import { z } from 'zod';
import { bareTaxId, type TaxIdOf } from '../domain/invoice/tax-id.js';
import type { TaxIdRegistry } from './tax-id-registry.js';

const API = 'https://ec.europa.eu/taxation_customs/vies/rest-api';
const TIMEOUT_MS = 5_000;
const MEMBERS = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/** `userError` says VALID or INVALID, or why a member state did not answer (MS_UNAVAILABLE, MS_MAX_CONCURRENT_REQ, TIMEOUT …). */
const answer = z.object({ isValid: z.boolean(), userError: z.string() });

/**
 * The European Commission's VIES (https://ec.europa.eu/taxation_customs/vies, REST). Written from its published shapes;
 * **unproven on the real service**. Countries outside the Union it does not know.
 */
export class ViesRegistry implements TaxIdRegistry {
  constructor(private readonly api: string = API) {}

  async ask(of: TaxIdOf): Promise<'valid' | 'invalid' | 'unknown'> {
    const number = bareTaxId(of);
    if (!MEMBERS.includes(of.country) || number === '') return 'unknown';
    // VIES writes Greece as the European Union does.
    const state = of.country === 'GR' ? 'EL' : of.country;
    try {
      const response = await fetch(`${this.api}/ms/${state}/vat/${encodeURIComponent(number)}`, {
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const said = answer.safeParse(await response.json());
      if (!response.ok || !said.success) return 'unknown';
      if (said.data.isValid) return 'valid';
      return said.data.userError === 'INVALID' ? 'invalid' : 'unknown';
    } catch {
      return 'unknown';
    }
  }
}
