import { Module } from '@nestjs/common';
import { RateBook } from './rate-book.service.js';
import { TariffDesk } from './tariff-desk.service.js';

/** What calls cost now, from memory: for processes of any role. */
@Module({
  providers: [{ provide: RateBook, useFactory: () => new RateBook() }, TariffDesk],
  exports: [TariffDesk, RateBook],
})
export class TariffModule {}
