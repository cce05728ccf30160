import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { MessageSpool } from './message-spool.js';
import { MessageStore } from './message-store.js';
import { VoiceMessagesController } from './voice-messages.controller.js';

/** Voice messages over REST: for processes of the web role. */
@Module({
  controllers: [VoiceMessagesController],
  providers: [
    MessageStore,
    {
      provide: MessageSpool,
      inject: [CONFIG],
      useFactory: (config: Config) => new MessageSpool(`${config.asteriskSpoolDir}/recording`),
    },
  ],
})
export class VoicemailModule {}
