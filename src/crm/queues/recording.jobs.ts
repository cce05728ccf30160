import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { type EventOf, Handles } from '../../events.js';
import { secureWav } from '../../exchange/index.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { LOG, type Log } from '../../infra/log/log.js';
import { type CancelTimer, type Clock, systemClock } from '../../kernel/clock.js';
import { deleteDue, recordingFile } from './recording-files.js';

const SWEEP_MS = 600_000;

/** Finishes recordings when their talk is over, and deletes them when they have been kept long enough. */
@Injectable()
export class RecordingUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clock: Clock = systemClock;
  private readonly directory: string;
  private cancelTimer: CancelTimer = () => undefined;
  private stopped = false;

  constructor(
    private readonly db: Db,
    @Inject(CONFIG) config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.directory = `${config.asteriskSpoolDir}/recording`;
  }

  @Handles('crm.finish-recording', 'queue-call.ended')
  async finish({ queueCallId }: EventOf<'queue-call.ended'>, tx: Tx): Promise<void> {
    const unfinished = await tx.rows<{ id: string }>(
      'SELECT id FROM call_recording WHERE queue_call_id = $1 AND duration_ms IS NULL AND deleted_at IS NULL',
      [queueCallId],
    );
    for (const { id } of unfinished) {
      const wav = await secureWav(recordingFile(this.directory, id)).catch(() => undefined);
      if (wav === undefined) continue;
      await tx.run('UPDATE call_recording SET duration_ms = $2 WHERE id = $1', [id, wav.durationMs]);
    }
  }

  onApplicationBootstrap(): void {
    void this.sweep();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  private async sweep(): Promise<void> {
    try {
      const deleted = await deleteDue(this.db, this.directory, this.clock.now());
      if (deleted > 0) this.log.info({ deleted }, 'recordings whose time was over are deleted');
    } catch (error) {
      this.log.warn({ err: error }, 'recordings are deleted later');
    }
    if (!this.stopped) this.cancelTimer = this.clock.after(SWEEP_MS, () => void this.sweep());
  }
}
