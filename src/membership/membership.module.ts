import { Module } from '@nestjs/common';
import { AccessModule } from '../infra/http/access.module.js';
import { MailModule } from '../infra/mail/mail.module.js';
import { Accounts } from './accounts/accounts.service.js';
import { MailedCodes } from './accounts/mailed-codes.js';
import { MeController } from './accounts/me.controller.js';
import { SignUpController } from './accounts/sign-up.controller.js';

/** Accounts and members over REST: for processes of the web role. */
@Module({
  imports: [AccessModule, MailModule],
  controllers: [SignUpController, MeController],
  providers: [Accounts, MailedCodes],
})
export class MembershipModule {}
