import { Module } from '@nestjs/common';
import { ImportReader } from './import-reader.js';
import { ImportsController } from './imports.controller.js';
import { Imports } from './imports.service.js';

/** Files that are read in: for processes of the web role. */
@Module({ controllers: [ImportsController], providers: [Imports, ImportReader], exports: [Imports] })
export class ImportsModule {}
