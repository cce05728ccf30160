import { Module } from '@nestjs/common';
import { AccessModule } from '../../infra/http/access.module.js';
import { MailModule } from '../../infra/mail/mail.module.js';
import { Proofs } from './proofs.service.js';
import { ProofSettlement } from './settlement.js';
import { TxtRecords } from './txt-records.js';

/** Proofs of control, for whoever serves them over REST. */
@Module({
  imports: [AccessModule, MailModule],
  providers: [Proofs, ProofSettlement, TxtRecords],
  exports: [Proofs, ProofSettlement, AccessModule],
})
export class ProofsModule {}
