import type { Provider } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { TAX_ID_REGISTRY, type TaxIdRegistry } from './tax-id-registry.js';
import { ViesRegistry } from './vies.registry.js';

/** The registry that the configuration names; undefined for none. */
export const taxIdRegistryProvider: Provider = {
  provide: TAX_ID_REGISTRY,
  inject: [CONFIG],
  useFactory: ({ taxIdRegistry }: Config): TaxIdRegistry | undefined =>
    taxIdRegistry === 'vies' ? new ViesRegistry() : undefined,
};
