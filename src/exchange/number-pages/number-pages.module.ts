import { Module } from '@nestjs/common';
import { MailModule } from '../../infra/mail/mail.module.js';
import { DirectoryModule } from '../directory.module.js';
import { WebVisits } from '../phone/web-visits.service.js';
import { NumberPages } from './number-pages.service.js';
import { OwnPageController } from './own-page.controller.js';
import { OwnPagesController } from './own-pages.controller.js';
import { ResolveController } from './resolve.controller.js';

/** Numbers on the web. For processes of the web role. */
@Module({
  imports: [DirectoryModule, MailModule],
  controllers: [ResolveController, OwnPageController, OwnPagesController],
  providers: [NumberPages, WebVisits],
})
export class NumberPagesModule {}
