import { Inject, Injectable } from '@nestjs/common';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { checkTaxId, type TaxIdChecked, type TaxIdOf } from '../domain/invoice/tax-id.js';
import { TAX_ID_REGISTRY, type TaxIdRegistry } from './tax-id-registry.js';

/** What is known of a buyer's tax id before he is told a price. Asks a registry: never within a transaction. */
@Injectable()
export class TaxIds {
  constructor(@Inject(TAX_ID_REGISTRY) private readonly registry: TaxIdRegistry | undefined) {}

  async check(of: TaxIdOf): Promise<Result<TaxIdChecked, Failure<'tax-id.malformed' | 'tax-id.mismatch'>>> {
    const checked = checkTaxId(of);
    if (!checked.ok || checked.value === null || this.registry === undefined) return checked;
    const answer = await this.registry.ask(of);
    if (answer === 'invalid') return err(notRegistered);
    return ok(answer === 'valid' ? 'registry' : checked.value);
  }
}

const notRegistered = failure('tax-id.mismatch', 'The tax authority does not know this tax id.', {
  hint: 'type it as it stands on your registration, or leave it out',
});
