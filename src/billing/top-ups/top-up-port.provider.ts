import { createHmac } from 'node:crypto';
import type { Provider } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { assertNever } from '../../kernel/result.js';
import { Secret } from '../../kernel/secret.js';
import { StripePort } from './stripe.port.js';
import { TestProviderPort } from './test-provider.port.js';
import { TOP_UP_PORT, type TopUpPort } from './top-up-port.js';

/** The payment provider that the configuration names; undefined for none. */
export const topUpPortProvider: Provider = {
  provide: TOP_UP_PORT,
  inject: [CONFIG, Db],
  useFactory: ({ topUps, sessionSecret, http }: Config, db: Db): TopUpPort | undefined => {
    switch (topUps.port) {
      case 'none':
        return undefined;
      case 'test':
        return new TestProviderPort(db, testSecret(sessionSecret), http.publicUrl);
      case 'stripe':
        return new StripePort(topUps);
      default:
        return assertNever(topUps);
    }
  },
};

const testSecret = (from: Secret): Secret =>
  new Secret(createHmac('sha256', from.reveal()).update('test payment provider').digest('hex'));
