import { Inject, Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { Listener } from '../../infra/db/listen.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { PushSender } from './push-sender.js';
import { PUSH_CHANNEL } from './push-watch.js';

const news = z.strictObject({
  callId: z.uuid(),
  memberId: z.uuid(),
  from: z.string().max(254).nullable(),
  at: z.number(),
});
/** Told later than this, a call is over. */
const NEWS_FOR_MS = 30_000;

/** Of several workers that hear of a call, one tells of it. */
const FIRST = 'INSERT INTO push_told (call_id, member_id) VALUES ($1, $2) ON CONFLICT DO NOTHING';

@Injectable()
export class PushBell implements OnApplicationBootstrap {
  private readonly sender: PushSender | undefined;

  constructor(
    private readonly db: Db,
    private readonly listener: Listener,
    @Inject(CONFIG) { webPush, mail }: Config,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.sender = webPush && new PushSender(db, { ...webPush, contact: `mailto:${mail.from}` });
  }

  onApplicationBootstrap(): void {
    if (this.sender === undefined) return;
    this.listener.on(PUSH_CHANNEL, (payload) => {
      this.ring(payload).catch((error: unknown) =>
        this.log.warn({ err: error }, 'nobody was told of a call'),
      );
    });
    this.listener.start();
  }

  private async ring(payload: string): Promise<void> {
    const { callId, memberId, from, at } = news.parse(JSON.parse(payload));
    if (Date.now() - at > NEWS_FOR_MS || (await this.db.run(FIRST, [callId, memberId])) === 0) return;
    await this.db.run("DELETE FROM push_told WHERE at < now() - interval '1 hour'");
    await this.sender?.tell(memberId, { callId, from });
  }
}

/** Telling browsers of calls while no page is open. For processes of the worker role. */
@Module({ providers: [PushBell] })
export class PushWorkerModule {}
