import { Module } from '@nestjs/common';
import { PageTopics } from '../infra/http/events/page-topics.js';
import { ImportsModule } from '../infra/http/imports/imports.module.js';
import { MailModule } from '../infra/mail/mail.module.js';
import { CasesController } from './cases/cases.controller.js';
import { CustomersController } from './customers/customers.controller.js';
import { DispositionsController } from './customers/dispositions.controller.js';
import { NotesController } from './customers/notes.controller.js';
import { CentreImports } from './imports/centre-imports.js';
import { CustomerMailsController } from './mails/customer-mails.controller.js';
import { MailTemplatesController } from './mails/mail-templates.controller.js';
import { casesTopic } from './topics.js';

/** What agents and their supervisors work with: customers, cases, mails. For processes of the web role. */
@Module({
  imports: [ImportsModule, MailModule],
  controllers: [
    CustomersController,
    NotesController,
    DispositionsController,
    CasesController,
    CustomerMailsController,
    MailTemplatesController,
  ],
  providers: [CentreImports],
})
export class CustomersModule {
  constructor(topics: PageTopics) {
    topics.add(casesTopic);
  }
}
