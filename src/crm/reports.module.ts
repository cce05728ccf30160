import { Module } from '@nestjs/common';
import { SlowWork } from '../infra/db/slow-work.js';
import { ReportJobs } from './reports/report.jobs.js';
import { ReportCallsController } from './reports/report-calls.controller.js';
import { ReportCatchUp } from './reports/report-catch-up.js';
import { ReportsController } from './reports/reports.controller.js';

/** Looking at what happened: for processes of the web role. */
@Module({ controllers: [ReportsController, ReportCallsController], providers: [SlowWork] })
export class ReportsModule {}

/** Counting it: for processes of the worker role. */
@Module({ providers: [SlowWork, ReportJobs, ReportCatchUp], exports: [ReportCatchUp] })
export class ReportsWorkerModule {}
