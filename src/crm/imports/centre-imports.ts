import { Injectable } from '@nestjs/common';
import { Imports } from '../../infra/http/imports/imports.service.js';
import { customersImport } from './customers-import.js';
import { doNotCallImport } from './do-not-call-import.js';

/** What a centre reads in from files. */
@Injectable()
export class CentreImports {
  constructor(imports: Imports) {
    imports.register(customersImport);
    imports.register(doNotCallImport);
  }
}
