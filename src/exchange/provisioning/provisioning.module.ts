import { Module } from '@nestjs/common';
import { AccessModule } from '../../infra/http/access.module.js';
import { PhoneFilesController } from './phone-files.controller.js';
import { ProvisioningController } from './provisioning.controller.js';

/** Configuration files for telephones: for processes of the web role. */
@Module({
  imports: [AccessModule],
  controllers: [ProvisioningController, PhoneFilesController],
})
export class ProvisioningModule {}
