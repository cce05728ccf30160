import type { ExecutionContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { Request } from 'express';
import type { Mark } from '../../db/mark.js';
import { sourceOf } from '../access/source.js';
import { policyOf } from '../policy.js';
import { principalOf } from '../principal.js';

/** Who asks for what, as the triggers of the audit log read it. */
export interface Asking {
  readonly account: string | null;
  readonly by: 'session' | 'api-key' | 'nobody';
  readonly credential: string | null;
  /** Whose it is, when that is not the asker himself: the member or company named in the path. */
  readonly behalf: string | null;
  readonly policy: string;
  /** `PATCH /v1/trunks/:id` */
  readonly action: string;
  readonly source: string;
  readonly request: string;
}

/** What a request is about as far as its path says it: `trunks` `gw-de`. */
export interface PathTarget {
  readonly kind: string;
  readonly id: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function askingOf(context: ExecutionContext): Asking {
  const request = context.switchToHttp().getRequest<Request & { id: string }>();
  const principal = principalOf(request);
  const owner = /\/(members|companies)\/:(\w+)/.exec(pathOf(context))?.[2];
  const named = owner === undefined ? undefined : String(request.params[owner]);
  const himself = named === principal?.memberId || named === principal?.companyId;
  return {
    account: principal?.accountId ?? null,
    by: principal?.by ?? 'nobody',
    credential: principal?.credentialId ?? null,
    behalf: named !== undefined && UUID.test(named) && !himself ? named : null,
    policy: policyOf(context.getHandler()) ?? '',
    action: `${request.method} ${pathOf(context)}`,
    source: sourceOf(request.ip ?? ''),
    request: request.id,
  };
}

export function targetOf(context: ExecutionContext): PathTarget {
  const { params } = context.switchToHttp().getRequest<Request>();
  const parts = pathOf(context).split('/');
  const kind = parts.findLast((part) => part !== '' && !part.startsWith(':') && part !== 'v1');
  const last = parts.findLast((part) => part.startsWith(':'));
  const id = last === undefined ? undefined : params[last.slice(1)];
  return { kind: kind ?? '', id: typeof id === 'string' ? id.slice(0, 200) : '' };
}

export const markOf = (asking: Asking): Mark => ({ text: JSON.stringify(asking), open: true });

function pathOf(context: ExecutionContext): string {
  const parts = [context.getClass(), context.getHandler()].map(
    (target) => Reflect.getMetadata(PATH_METADATA, target) as string | readonly string[] | undefined,
  );
  const text = parts.map((part) => (typeof part === 'string' ? part : (part?.[0] ?? '')));
  return `/${text
    .map((part) => part.replace(/^\/|\/$/g, ''))
    .filter(Boolean)
    .join('/')}`;
}

/** Routes that change nothing though their method says so, or whose change is a log of its own; each with its reason. */
export const notAudited: Readonly<Record<string, string>> = {
  'POST /v1/invitations/preview':
    'shows what an invitation offers: a POST because its code must not be in a URL',
};

export const isHarmless = (context: ExecutionContext): boolean => {
  const method: unknown = Reflect.getMetadata(METHOD_METADATA, context.getHandler());
  const { method: asked } = context.switchToHttp().getRequest<Request>();
  return method === undefined || asked === 'GET' || asked === 'HEAD' || asked === 'OPTIONS';
};
