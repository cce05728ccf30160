import { Module } from '@nestjs/common';
import { MailModule } from '../infra/mail/mail.module.js';
import { ProofUpkeep } from './proofs/proof-upkeep.js';
import { ProofSettlement } from './proofs/settlement.js';

/** What time does to proofs: for processes of the worker role. */
@Module({ imports: [MailModule], providers: [ProofSettlement, ProofUpkeep] })
export class MembershipWorkerModule {}
