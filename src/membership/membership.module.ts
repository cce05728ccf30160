import { Module } from '@nestjs/common';
import { AccessModule } from '../infra/http/access.module.js';
import { MailModule } from '../infra/mail/mail.module.js';
import { Accounts } from './accounts/accounts.service.js';
import { MailedCodes } from './accounts/mailed-codes.js';
import { MeController } from './accounts/me.controller.js';
import { SignUpController } from './accounts/sign-up.controller.js';
import { DuplicatesController } from './members/duplicates.controller.js';
import { MembersController } from './members/members.controller.js';
import { PersonalDataController } from './members/personal-data.controller.js';
import { InvitationsController } from './people/invitations.controller.js';
import { Invitations } from './people/invitations.service.js';
import { PeopleController } from './people/people.controller.js';
import { OwnDataController } from './personal-data/personal-data.controller.js';
import { PersonalDataOfAccounts } from './personal-data/personal-data.service.js';
import { ProofsModule } from './proofs/proofs.module.js';

/** Accounts and members over REST: for processes of the web role. */
@Module({
  imports: [AccessModule, MailModule, ProofsModule],
  controllers: [
    SignUpController,
    MeController,
    MembersController,
    PersonalDataController,
    PeopleController,
    InvitationsController,
    DuplicatesController,
    OwnDataController,
  ],
  providers: [Accounts, MailedCodes, Invitations, PersonalDataOfAccounts],
})
export class MembershipModule {}
