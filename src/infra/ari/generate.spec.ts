import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { generateModels, generateOperations, readSpecifications, type Specification } from './generate.js';

const specification: Specification = {
  resource: 'bridges',
  apis: [
    {
      path: '/bridges/{bridgeId}',
      operations: [
        {
          nickname: 'get',
          httpMethod: 'GET',
          responseClass: 'List[Bridge]',
          parameters: [
            { name: 'bridgeId', dataType: 'string', required: true },
            {
              name: 'kind',
              dataType: 'string',
              allowMultiple: true,
              allowableValues: { valueType: 'LIST', values: ['a', 'b'] },
            },
          ],
        },
      ],
    },
  ],
  models: {
    Bridge: { properties: { id: { type: 'string', required: true }, channels: { type: 'List[string]' } } },
    Message: { properties: { type: { type: 'string', required: true } }, subTypes: ['Event'] },
    Event: { properties: { timestamp: { type: 'Date', required: true } }, subTypes: ['Left'] },
    Left: { properties: { bridge: { type: 'Bridge' } } },
  },
};

describe('the generator', () => {
  it('writes inherited properties out and names each event', () => {
    const models = generateModels([specification]);
    expect(models).toContain(
      "export interface Left {\n  readonly type: 'Left';\n  readonly timestamp: string;\n  readonly bridge?: Bridge;\n}",
    );
    expect(models).toContain('readonly channels?: readonly string[];');
    expect(models).toContain('export type AnyEvent =\n  | Left;');
  });

  it('writes parameters and answers of operations', () => {
    const operations = generateOperations([specification]);
    expect(operations).toContain(
      "'bridges.get': {\n    readonly bridgeId: string;\n    readonly kind?: 'a' | 'b' | readonly ('a' | 'b')[];\n  };",
    );
    expect(operations).toContain("'bridges.get': readonly m.Bridge[];");
  });
});

/** Present wherever Asterisk was unpacked (scripts use the same cache); elsewhere there is nothing to compare with. */
const installed = '/var/cache/anydial/asterisk-22/usr/share/asterisk/rest-api';
if (existsSync(installed))
  describe('what is committed', () => {
    it.each([
      ['models.ts', generateModels],
      ['operations.ts', generateOperations],
    ])('%s is what the generator makes of the installed Asterisk', (file, generate) => {
      const committed = readFileSync(join(import.meta.dirname, 'generated', file), 'utf8');
      expect(committed).toBe(generate(readSpecifications(installed)));
    });
  });
