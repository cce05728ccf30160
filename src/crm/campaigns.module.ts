import { Module } from '@nestjs/common';
import { PageTopics } from '../infra/http/events/page-topics.js';
import { CampaignCalls } from './campaigns/campaign-calls.js';
import { CampaignsController } from './campaigns/campaigns.controller.js';
import { ContactsController } from './campaigns/contacts.controller.js';
import { DoNotCallController } from './campaigns/do-not-call.controller.js';
import { SegmentsController } from './campaigns/segments.controller.js';
import { campaignDeskTopic } from './topics.js';

/** Planning calls to customers, and making them: for processes of the web role. */
@Module({ controllers: [SegmentsController, CampaignsController, ContactsController, DoNotCallController] })
export class CampaignsModule {
  constructor(topics: PageTopics) {
    topics.add(campaignDeskTopic);
  }
}

/** What became of them: for processes of the worker role. */
@Module({ providers: [CampaignCalls] })
export class CampaignsWorkerModule {}
