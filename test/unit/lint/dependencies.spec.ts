import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '..', '..', '..');
const config = join(root, '.dependency-cruiser.cjs');

/** Which file of the fixtures breaks which rule. Everything else in there is allowed and must not be reported. */
const broken: Readonly<Record<string, readonly string[]>> = {
  'kernel-imports-nothing': ['src/kernel/reads-files.ts', 'src/kernel/uses-infra.ts'],
  'config-imports-kernel': ['src/config.ts'],
  'infra-knows-no-business': ['src/infra/db/knows-billing.ts'],
  'numbering-is-independent': ['src/numbering/peeks.ts'],
  'membership-is-independent': ['src/membership/peeks.ts'],
  'billing-is-independent': ['src/billing/peeks.ts'],
  'exchange-uses-indexes': ['src/exchange/peeks.ts', 'src/exchange/sells.ts'],
  'sales-uses-indexes': ['src/sales/peeks.ts'],
  'crm-uses-indexes': ['src/crm/peeks.ts'],
  'console-uses-indexes': ['src/console/peeks.ts'],
  'domain-does-no-io': [
    'src/billing/domain/asks-database.ts',
    'src/billing/domain/asks-postgres.ts',
    'src/billing/domain/is-injected.ts',
    'src/billing/domain/is-stored.ts',
    'src/billing/domain/reads-files.ts',
    'src/billing/domain/talks.ts',
  ],
  'domain-stays-inside': ['src/billing/domain/asks-database.ts', 'src/billing/domain/uses-service.ts'],
  'nothing-above-the-roots': ['src/crm/starts.ts'],
  'no-tests-in-the-product': ['src/crm/tests.ts'],
  'no-development-dependency': ['src/crm/plays.ts'],
  'pages-talk-by-rest': ['web/src/api/peeks.ts'],
  'areas-are-independent': ['web/src/pages/agent/peeks.ts'],
  // A cycle is reported once.
  'no-cycles': ['src/crm/egg.ts'],
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

describe('dependency rules', () => {
  let violations: readonly Violation[];
  beforeAll(() => {
    const output = execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        config,
        '--output-type',
        'json',
        'src',
        'web/src',
      ],
      { cwd: join(import.meta.dirname, 'fixtures'), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    violations = (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations;
  }, 30_000);

  test('each rule has a file that breaks it', () => {
    const rules: { forbidden: { name: string }[] } = createRequire(import.meta.url)(config);
    expect(Object.keys(broken).toSorted()).toEqual(rules.forbidden.map((rule) => rule.name).toSorted());
  });

  test.each(Object.entries(broken))('%s catches exactly the files that break it', (name, files) => {
    const caught = violations
      .filter((violation) => violation.rule.name === name)
      .map((violation) => violation.from);
    expect([...new Set(caught)].toSorted()).toEqual([...files].toSorted());
  });
});
