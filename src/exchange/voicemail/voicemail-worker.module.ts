import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { MailModule } from '../../infra/mail/mail.module.js';
import { QueueModule } from '../../infra/queue/queue.module.js';
import { VOICE_MAIL_QUEUE, VoiceMailFeeder, VoiceMailProcessor } from './voicemail.jobs.js';

/** Mail about voice messages: for processes of the worker role. */
@Module({
  imports: [MailModule, QueueModule, BullModule.registerQueue({ name: VOICE_MAIL_QUEUE })],
  providers: [VoiceMailFeeder, VoiceMailProcessor],
})
export class VoicemailWorkerModule {}
