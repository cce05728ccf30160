import { Global, Module } from '@nestjs/common';
import { ChangeNews } from './change-news.js';
import { EventHub } from './event-hub.js';
import { EventMetrics } from './event-metrics.js';
import { EventsController } from './events.controller.js';
import { PageEvents } from './page-events.js';
import { PageTopics } from './page-topics.js';

/** Telling pages, and saying who may hear what: for processes of every role. */
@Global()
@Module({ providers: [PageEvents, PageTopics, ChangeNews], exports: [PageEvents, PageTopics, ChangeNews] })
export class PageEventsModule {}

/** Listening: for processes of the web role. */
@Module({ controllers: [EventsController], providers: [EventHub, EventMetrics] })
export class EventStreamModule {}
