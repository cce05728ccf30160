import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { LOG, type Log } from './log.js';
import { maskedPath } from './masked-path.js';

@Global()
@Module({})
export class LogModule {}

/** One logger for Nest, for requests and for everybody who asks for `LOG`. */
export function logModule(log: Log): DynamicModule {
  return {
    module: LogModule,
    imports: [
      LoggerModule.forRoot({
        pinoHttp: {
          logger: log,
          genReqId: (request) => request.id,
          autoLogging: { ignore: (request) => request.url?.startsWith('/health/') ?? false },
          // Method, path and outcome only: query strings, headers and parts of paths hold numbers, names and tokens.
          serializers: {
            req: (request: { id: string; method: string; url: string }) => ({
              id: request.id,
              method: request.method,
              path: maskedPath(request.url),
            }),
            res: (response: { statusCode: number }) => ({ status: response.statusCode }),
          },
        },
      }),
    ],
    providers: [{ provide: LOG, useValue: log }],
    exports: [LOG],
  };
}
