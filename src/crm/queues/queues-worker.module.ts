import { Module } from '@nestjs/common';
import { CallbackNews } from './callback.jobs.js';
import { RecordingUpkeep } from './recording.jobs.js';

/** What queues leave to be done afterwards: for processes of the worker role. */
@Module({ providers: [RecordingUpkeep, CallbackNews] })
export class QueuesWorkerModule {}
