import type { Provider } from '@nestjs/common';
import { ARI_PORT } from '../../infra/ari/ari.module.js';
import type { AriPort } from '../../infra/ari/ari.port.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { systemClock } from '../../kernel/clock.js';
import { Directory } from '../directory.js';
import { TrunkDiary } from '../operators/trunk-diary.js';
import { TrunkHealth } from './trunk-health.js';
import { TrunkPoll } from './trunk-poll.js';

/** What this node's exchange thinks of its trunks; they want the `AriModule`'s exports beside them. */
export const trunkProviders: readonly Provider[] = [
  {
    provide: TrunkHealth,
    inject: [LOG, TrunkDiary],
    useFactory: (log: Log, diary: TrunkDiary) =>
      new TrunkHealth(systemClock, log, (trunk, state, sign) => diary.changed(trunk, state, sign)),
  },
  {
    provide: TrunkPoll,
    inject: [ARI_PORT, Directory, TrunkHealth],
    useFactory: (ari: AriPort, directory: Directory, health: TrunkHealth) =>
      new TrunkPoll(ari, () => directory.network.trunks.keys(), health, systemClock),
  },
];
