import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EventStream } from '../infra/ari/event-stream.js';
import { Listener } from '../infra/db/listen.js';
import { Draining } from '../infra/life/draining.js';
import { DIRECTORY_CHANNEL } from './directory.js';
import { DirectoryUpkeep } from './directory.upkeep.js';
import { EmergencyUpkeep } from './emergency/emergency-upkeep.js';
import { EndpointWatch } from './endpoint-watch.js';
import { Exchange } from './exchange.js';
import { EndpointCopy } from './local-copy/endpoint-copy.js';
import { RegistrationWatch } from './operators/registration-watch.js';
import { TrunkDiary } from './operators/trunk-diary.js';
import { TrunkRegistrations } from './operators/trunk-registrations.js';
import { OPERATOR_WISHES_CHANNEL, WishTaker } from './operators/wish-taker.js';
import { CALL_ORDERS_CHANNEL } from './orders/call-orders.js';
import { OrderDesk } from './orders/order-desk.js';
import { Recorder } from './recorder.js';
import { TrunkPoll } from './trunk-health/trunk-poll.js';

/** The exchange's life in this process: the directory first, then the journal's rest, then the door opens. */
@Injectable()
export class ExchangeService implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly exchange: Exchange,
    private readonly recorder: Recorder,
    private readonly directory: DirectoryUpkeep,
    private readonly endpoints: EndpointWatch,
    private readonly copy: EndpointCopy,
    private readonly trunks: TrunkPoll,
    private readonly emergency: EmergencyUpkeep,
    private readonly orders: OrderDesk,
    private readonly diary: TrunkDiary,
    private readonly registrations: RegistrationWatch,
    private readonly trunkRegistrations: TrunkRegistrations,
    private readonly wishes: WishTaker,
    private readonly listener: Listener,
    private readonly stream: EventStream,
    draining: Draining,
  ) {
    draining.onDrain(() => this.exchange.drain());
  }

  async onApplicationBootstrap(): Promise<void> {
    this.listener.on(DIRECTORY_CHANNEL, (payload) => {
      this.endpoints.changed(payload);
      this.emergency.changed(payload);
      this.trunkRegistrations.changed(payload);
    });
    this.listener.on(CALL_ORDERS_CHANNEL, (payload) => {
      if (payload === '') this.orders.look();
    });
    this.listener.on(OPERATOR_WISHES_CHANNEL, () => this.wishes.look());
    this.listener.onResync(() => {
      this.orders.look();
      this.wishes.look();
      this.endpoints.resync();
      void this.copy.resync();
      this.emergency.renew();
    });
    this.stream.onLive(() => {
      this.orders.look();
      this.endpoints.resync();
      this.emergency.renew();
    });
    this.listener.start();
    await this.directory.ready();
    void this.copy.resync();
    this.recorder.start();
    this.stream.start(this.exchange);
    this.diary.begin();
    this.trunks.start();
    this.registrations.start();
    this.trunkRegistrations.start();
  }

  /** Calls go on in Asterisk; the next process takes them up. Only saves under way are waited for. */
  async onApplicationShutdown(): Promise<void> {
    this.trunks.stop();
    await Promise.all([this.registrations.stop(), this.trunkRegistrations.stop()]);
    await Promise.all([this.wishes.settled(), this.diary.settled()]);
    await this.orders.stop();
    this.stream.stop();
    this.exchange.handOver();
    await this.recorder.stop();
    await this.copy.close();
  }
}
