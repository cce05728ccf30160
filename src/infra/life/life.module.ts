import { Global, Module } from '@nestjs/common';
import { Draining } from './draining.js';

/** For every process. */
@Global()
@Module({ providers: [Draining], exports: [Draining] })
export class LifeModule {}
