import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { AsteriskConsole } from '../../infra/ari/console.js';
import { SecurityLog } from '../../infra/ari/security-log.js';
import type { SecurityEvent } from '../../infra/ari/security-log.line.js';
import { Db } from '../../infra/db/db.js';
import { Listener } from '../../infra/db/listen.js';
import { sourceOf } from '../../infra/http/access/source.js';
import { ChangeNews } from '../../infra/http/events/change-news.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { systemClock } from '../../kernel/clock.js';
import { DIRECTORY_CHANNEL } from '../directory.js';
import { BanDoor } from './ban-door.js';
import { banSource, trunkAddresses } from './bans.js';
import { BanBook, type BanWish } from './domain/ban-book.js';
import { type Neverbanned, neverBanned } from './domain/never-banned.js';

const SIP = 'PJSIP';

/** Follows who tries to get in at this node's SIP door, bans whom the book names, and keeps the door as the table says. */
@Injectable()
export class BanWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly door: BanDoor;
  private never: Neverbanned;
  private readonly book: BanBook;
  /** One after the other: of two that are written at once neither would see the other. */
  private work: Promise<void> = Promise.resolve();
  private stopListening: readonly (() => void)[] = [];

  constructor(
    private readonly db: Db,
    private readonly listener: Listener,
    private readonly security: SecurityLog,
    private readonly news: ChangeNews,
    console: AsteriskConsole,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.door = new BanDoor(db, console, config.emergencyPlanDir, systemClock, log);
    this.never = neverBanned(config.sip.neverBanned);
    this.book = new BanBook();
  }

  async onApplicationBootstrap(): Promise<void> {
    this.stopListening = [
      this.security.onEvent((event) => this.note(event)),
      this.listener.on('sip_bans', () => this.door.renew()),
      this.listener.on(DIRECTORY_CHANNEL, (payload) => payload.startsWith('trunk:') && this.lookForTrunks()),
      this.listener.onResync(() => {
        this.lookForTrunks();
        this.door.renew();
      }),
    ];
    await this.security.start();
  }

  async onApplicationShutdown(): Promise<void> {
    for (const stop of this.stopListening) stop();
    this.security.stop();
    this.door.stop();
    await this.work;
    await this.door.settled();
  }

  private note(event: SecurityEvent): void {
    if (event.service !== SIP) return;
    const { kind, at, remote } = event;
    if (this.never.includes(remote.host)) return;
    const wish = this.book.note({ kind, at, source: sourceOf(remote.host) });
    if (wish !== undefined) this.work = this.work.then(() => this.ban(wish));
  }

  private async ban(wish: BanWish): Promise<void> {
    try {
      const until = await banSource(this.db, wish);
      if (until === undefined) return;
      this.log.warn({ ...wish, until }, 'source banned');
      this.news.tell('sip-bans');
    } catch (error) {
      this.log.warn({ err: error, source: wish.source }, 'a source could not be banned');
    }
  }

  private lookForTrunks(): void {
    trunkAddresses(this.db).then(
      (rows) => {
        this.never = neverBanned([...this.config.sip.neverBanned, ...rows.map(({ address }) => address)]);
      },
      (error: unknown) => this.log.warn({ err: error }, "trunks' addresses could not be read"),
    );
  }
}
