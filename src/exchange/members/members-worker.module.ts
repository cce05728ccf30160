import { Module } from '@nestjs/common';
import { TerminalBinding } from '../provisioning/terminal-binding.js';
import { RetentionSweep } from '../retention/retention.jobs.js';
import { ShadowProofs } from './shadow-proofs.js';

/** What follows for calls from what membership tells: for processes of the worker role. */
@Module({ providers: [RetentionSweep, ShadowProofs, TerminalBinding] })
export class MembersWorkerModule {}
