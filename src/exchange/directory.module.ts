import { Module } from '@nestjs/common';
import { Db } from '../infra/db/db.js';
import { LOG, type Log } from '../infra/log/log.js';
import { Directory } from './directory.js';
import { DirectoryUpkeep } from './directory.upkeep.js';

/** The directory of this process, one for whoever routes calls and whoever explains them. */
@Module({
  providers: [
    DirectoryUpkeep,
    {
      provide: Directory,
      inject: [Db, LOG],
      useFactory: (db: Db, log: Log) => new Directory(db.hot, log),
    },
  ],
  exports: [Directory, DirectoryUpkeep],
})
export class DirectoryModule {}
