import { type Processor, Worker, type WorkerOptions } from 'bullmq';
import { patient } from './redis-options.js';

/** BullMQ's worker; @nestjs/bullmq hands it the connection options of its queue, which are meant for adding jobs. */
export class PatientWorker extends Worker {
  constructor(name: string, processor: string | URL | Processor | null, options: WorkerOptions) {
    super(name, processor, { ...options, connection: patient(options.connection) });
  }
}
