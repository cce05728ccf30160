import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Listener } from '../infra/db/listen.js';
import { LOG, type Log } from '../infra/log/log.js';
import { DIRECTORY_CHANNEL, Directory } from './directory.js';

/** As often it is tried at the start before the process gives up. */
const FIRST_READS = 3;

/** Keeps the directory true: it is read at the start and after every new connection, and told of each change between. */
@Injectable()
export class DirectoryUpkeep implements OnApplicationBootstrap {
  private filled: Promise<void> | undefined;

  constructor(
    private readonly directory: Directory,
    private readonly listener: Listener,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.ready();
  }

  /** Resolves when the directory is filled for the first time. */
  ready(): Promise<void> {
    this.filled ??= this.fill();
    return this.filled;
  }

  private fill(): Promise<void> {
    this.listener.on(DIRECTORY_CHANNEL, (payload) => this.keepTrue(this.directory.changed(payload)));
    this.listener.on('billing', (payload) => {
      if (payload.startsWith('rates:')) this.keepTrue(this.directory.ratesChanged());
    });
    this.listener.onResync(() => this.keepTrue(this.directory.refresh()));
    this.listener.start();
    return this.readFirst();
  }

  /** A process is busiest at its start: connections that came too late for their deadline are asked for once more. */
  private async readFirst(): Promise<void> {
    for (let left = FIRST_READS - 1; ; left--) {
      try {
        return await this.directory.refresh();
      } catch (error) {
        if (left === 0) throw error;
        this.log.warn({ err: error }, 'the directory could not be read yet');
      }
    }
  }

  private keepTrue(change: Promise<void>): void {
    change.catch((error: unknown) => this.log.warn({ err: error }, 'the directory could not be read anew'));
  }
}
