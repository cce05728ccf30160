import { Module } from '@nestjs/common';
import { ProposalsController } from './proposals.controller.js';
import { Proposals } from './proposals.service.js';

/** What takes two persons: for processes of the web role. */
@Module({ controllers: [ProposalsController], providers: [Proposals], exports: [Proposals] })
export class ProposalsModule {}
