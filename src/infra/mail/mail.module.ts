import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { SealingModule } from '../sealing/sealing.module.js';
import { FileMail } from './file.mail.js';
import type { MailPort } from './mail.js';
import { OutgoingMail } from './outgoing-mail.js';
import { SmtpMail } from './smtp.mail.js';

/** Nest injection token of the `MailPort`. */
export const MAIL_PORT = Symbol('MAIL_PORT');

@Module({
  imports: [SealingModule],
  providers: [
    OutgoingMail,
    {
      provide: MAIL_PORT,
      inject: [CONFIG],
      useFactory: ({ mail: { smtp, from, dir } }: Config): MailPort =>
        smtp === undefined ? new FileMail(dir, from) : new SmtpMail(smtp, from),
    },
  ],
  exports: [MAIL_PORT, OutgoingMail, SealingModule],
})
export class MailModule {}
