import { Module } from '@nestjs/common';
import { MailModule } from '../infra/mail/mail.module.js';
import { CardBinding } from './cards/card-binding.js';
import { Cards } from './cards/cards.service.js';
import { ProofUpkeep } from './proofs/proof-upkeep.js';
import { ProofSettlement } from './proofs/settlement.js';

/** What time does to proofs, and cards that were sold: for processes of the worker role. */
@Module({ imports: [MailModule], providers: [CardBinding, Cards, ProofSettlement, ProofUpkeep] })
export class MembershipWorkerModule {}
