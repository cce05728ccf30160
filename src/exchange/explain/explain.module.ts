import { Module } from '@nestjs/common';
import { BillingModule, TariffDesk } from '../../billing/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { Directory } from '../directory.js';
import { DirectoryModule } from '../directory.module.js';
import { dnsOn, UriResolver } from '../uri-resolver.js';
import { ExplainController } from './explain.controller.js';
import { Explainer } from './explainer.js';

/** What would come of a call, over REST: for processes of the web role. */
@Module({
  imports: [DirectoryModule, BillingModule],
  controllers: [ExplainController],
  providers: [
    {
      provide: Explainer,
      inject: [CONFIG, Db, Directory, TariffDesk, LOG],
      useFactory: (config: Config, db: Db, directory: Directory, tariffs: TariffDesk, log: Log) => {
        const resolver = new UriResolver(dnsOn(config.sip.dnsServers), () => directory.policy.privateSip);
        return new Explainer({
          sql: db,
          directory,
          tariffs,
          log,
          resolve: (reading) => resolver.resolve(reading),
          sipDomain: config.sip.realm,
        });
      },
    },
  ],
})
export class ExplainModule {}
