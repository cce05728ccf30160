import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { type DiscoveryService, MetadataScanner } from '@nestjs/core';
import { isIdempotent } from './idempotency/idempotent.js';
import type { PolicyName } from './policies.js';
import { policyOf } from './policy.js';

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly policy: PolicyName | undefined;
  readonly idempotent: boolean;
  /** The controller's class and method, for those who describe the route. */
  readonly controller: object;
  readonly name: string;
  readonly handler: object;
}

/** Every route of the process, as its controllers declare them. */
export const listRoutes = (discovery: DiscoveryService): readonly Route[] =>
  discovery
    .getControllers()
    .flatMap(({ metatype }) => (typeof metatype === 'function' ? routesOf(metatype) : []));

/** The routes that one controller declares. */
export function routesOf(controller: object): readonly Route[] {
  const { prototype } = controller as { prototype?: Readonly<Record<string, unknown>> };
  if (prototype === undefined) return [];
  const bases = pathsOf(controller);
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function') return [];
    const method: RequestMethod | undefined = Reflect.getMetadata(METHOD_METADATA, handler);
    if (method === undefined) return [];
    return bases.flatMap((base) =>
      pathsOf(handler).map((path) => ({
        method: RequestMethod[method],
        path: `/${[base, path]
          .map((part) => part.replace(/^\/|\/$/g, ''))
          .filter(Boolean)
          .join('/')}`,
        policy: policyOf(handler),
        idempotent: isIdempotent(handler),
        controller,
        name,
        handler,
      })),
    );
  });
}

function pathsOf(target: object): readonly string[] {
  const path: string | readonly string[] | undefined = Reflect.getMetadata(PATH_METADATA, target);
  return typeof path === 'string' ? [path] : (path ?? ['']);
}
