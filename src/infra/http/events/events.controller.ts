import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { orProblem } from '../answer.js';
import { AnswersWith } from '../openapi/answers-with.js';
import { Policy } from '../policy.js';
import { CurrentPrincipal, type Principal } from '../principal.js';
import { EventHub } from './event-hub.js';
import { PageTopics } from './page-topics.js';

const MOST_TOPICS = 20;

const eventsQuery = z.strictObject({
  topics: z
    .string()
    .max(2_000)
    .transform((list) => [...new Set(list.split(','))])
    .pipe(
      z
        .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}(:[A-Za-z0-9._-]{1,80})?$/, 'is not a topic'))
        .min(1)
        .max(MOST_TOPICS),
    ),
});

@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly topics: PageTopics,
    private readonly hub: EventHub,
  ) {}

  /**
   * What happens, as it happens (`text/event-stream`). `topics=queues,desk` or with a key, `queues:<company id>`; all of them must be the
   * caller's. Messages are `{topic, key, type, data}`; `ready` says that nothing was missed, `resync` that everything must be read anew.
   */
  @Get()
  @Policy('events.read')
  @AnswersWith('text/event-stream')
  async listen(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: eventsQuery }) { topics }: z.output<typeof eventsQuery>,
    @Headers('last-event-id') lastId: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    orProblem(this.hub.admits(principal));
    const subscribed = await Promise.all(topics.map((topic) => this.topics.subscribe(principal, topic)));
    const subscriptions = subscribed.map(orProblem);
    orProblem(this.hub.admits(principal));
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
    const stream = this.hub.open(principal, subscriptions, response, lastId);
    request.once('close', () => stream.end('gone'));
    response.once('error', () => stream.end('gone'));
  }
}
