import { Controller, Get, Header, Inject } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Policy } from '../policy.js';
import { listRoutes } from '../routes.js';
import { API, type Api } from './answers.js';
import { type OpenApi, openApiOf } from './document.js';

/** What this process serves, described by itself: it cannot differ from what it does. */
@Controller('v1/openapi.json')
export class OpenApiController {
  private document: OpenApi | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(API) private readonly api: Api,
  ) {}

  /** This description. */
  @Get()
  @Policy('api.describe')
  @Header('cache-control', 'public, max-age=60')
  read(): object {
    this.document ??= openApiOf(listRoutes(this.discovery), this.api);
    return this.document;
  }
}
