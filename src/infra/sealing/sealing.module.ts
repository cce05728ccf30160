import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { KeyRing } from './key-ring.js';

@Module({
  providers: [
    {
      provide: KeyRing,
      inject: [CONFIG],
      useFactory: ({ personalDataKeys }: Config) => new KeyRing(personalDataKeys),
    },
  ],
  exports: [KeyRing],
})
export class SealingModule {}
