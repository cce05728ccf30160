import type { JsonSchema } from './route-input.js';

/** What all operations share. */
export const COMPONENTS: Readonly<Record<string, object>> & {
  readonly schemas: Readonly<Record<string, JsonSchema>>;
} = {
  securitySchemes: {
    apiKey: { type: 'http', scheme: 'bearer', description: 'POST /v1/api-keys' },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-anydial_session',
      description: 'POST /v1/sessions; what changes something also needs X-CSRF-Token',
    },
  },
  responses: {
    Problem: {
      description: 'what was wrong and what to do about it',
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          example: {
            type: 'urn:anydial:problem:number.taken',
            title: 'number.taken',
            status: 409,
            detail: 'Somebody else has this number.',
            instance: 'urn:uuid:01a21e35-7a89-785e-b569-93bc5914c836',
            code: 'number.taken',
            hint: 'choose another one',
            retry: 'never',
          },
        },
      },
    },
  },
  schemas: {
    Problem: {
      type: 'object',
      required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'hint', 'retry'],
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        instance: { type: 'string', description: "the request's id, to quote to support" },
        code: { type: 'string', description: 'stable: decide by it' },
        hint: { type: 'string', description: 'what to do' },
        retry: { type: 'string', description: 'whether the same request may be sent again' },
        errors: {
          type: 'array',
          items: {
            type: 'object',
            required: ['pointer', 'detail'],
            properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
          },
        },
      },
    },
  },
};
