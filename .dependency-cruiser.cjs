/**
 * Which room may use which: the table of docs/architecture.md. Every rule has a file in test/unit/lint/fixtures that breaks it,
 * and a test that sees it caught. Spec files are free to import what they test with.
 */
const BUSINESS = 'numbering|membership|billing|exchange|sales|crm|console';
const SPEC = '\\.(spec|fixture)\\.ts$';
const from = (path, more = {}) => ({ path, pathNot: SPEC, ...more });
const rule = (name, comment, fromWhat, to) => ({ name, severity: 'error', comment, from: fromWhat, to });

/** One of three independent modules may use neither the others nor anything above it. */
const independent = (module) =>
  rule(
    `${module}-is-independent`,
    `${module} knows no other business module: tell by an event instead`,
    from(`^src/${module}/`),
    {
      path: `^src/(${BUSINESS})/`,
      pathNot: `^src/${module}/`,
    },
  );

/** A module above the three uses them by their index.ts only, and no other. */
const above = (module) =>
  rule(
    `${module}-uses-indexes`,
    `${module} may use index.ts of numbering, membership and billing, and nothing else of a business module`,
    from(`^src/${module}/`),
    { path: `^src/(${BUSINESS})/`, pathNot: `^src/(${module}/|(numbering|membership|billing)/index\\.ts$)` },
  );

module.exports = {
  forbidden: [
    rule(
      'kernel-imports-nothing',
      'the kernel is pure: it may use randomness and nothing else',
      from('^src/kernel/'),
      {
        pathNot: '^src/kernel/|^(node:)?crypto$',
      },
    ),
    rule(
      'config-imports-kernel',
      'configuration is read before anything else exists',
      from('^src/config(\\.variables)?\\.ts$'),
      {
        path: '^src/',
        pathNot: '^src/(kernel/|config(\\.variables)?\\.ts$)',
      },
    ),
    rule('infra-knows-no-business', 'infra is technology without a business word', from('^src/infra/'), {
      path: `^src/(${BUSINESS})/|^src/events\\.ts$`,
    }),
    independent('numbering'),
    independent('membership'),
    independent('billing'),
    above('exchange'),
    above('sales'),
    rule('crm-uses-indexes', 'crm may use index.ts of every module', from('^src/crm/'), {
      path: `^src/(${BUSINESS})/`,
      pathNot: '^src/(crm/|[^/]+/index\\.ts$)',
    }),
    rule('console-uses-indexes', 'the console may use index.ts of every module', from('^src/console/'), {
      path: `^src/(${BUSINESS})/`,
      pathNot: '^src/(console/|[^/]+/index\\.ts$)',
    }),
    rule(
      'domain-does-no-io',
      'domain folders decide; they neither read nor write',
      from('^src/[^/]+/domain/'),
      {
        path: [
          '^src/infra/',
          '^src/config',
          '^src/events\\.ts$',
          '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster|timers|process|os)(/|$)',
          'node_modules/(@nestjs/|@node-rs/|typeorm/|pg/|ioredis/|bullmq/|ws/|ari-client/|express/|pino|prom-client/|nestjs-)',
        ],
      },
    ),
    rule(
      'domain-stays-inside',
      "domain folders use their own module's domain, the kernel, and other modules' index.ts",
      from('^src/([^/]+)/domain/'),
      {
        path: '^src/',
        pathNot: '^src/(kernel/|$1/domain/|[^/]+/index\\.ts$)',
      },
    ),
    rule(
      'nothing-above-the-roots',
      'main, cli and the composition are used by nobody',
      from('^src/', {
        pathNot: `${SPEC}|^src/(main|start|cli|app\\.module)\\.ts$|^src/cli/`,
      }),
      {
        path: '^src/(main|start|cli|app\\.module|roles)\\.ts$|^src/cli/',
      },
    ),
    rule('no-tests-in-the-product', 'src never needs test/, bench/ or a spec', from('^src/'), {
      path: '^(test|bench)/|\\.(spec|fixture)\\.ts$',
    }),
    rule('no-development-dependency', 'what src imports must be installed in production', from('^src/'), {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      dependencyTypesNot: ['type-only'],
    }),
    rule('pages-talk-by-rest', 'the pages know the server by its REST contract alone', from('^web/'), {
      path: '^(src|test|bench)/',
    }),
    rule(
      'areas-are-independent',
      "one kind of user's pages need nothing of another's: what they share is in web/src/shared",
      from('^web/src/pages/([^/]+)/'),
      { path: '^web/src/pages/[^/]+/', pathNot: '^web/src/pages/$1/' },
    ),
    // Types may mention each other: nothing of that is left when the program runs.
    rule(
      'no-cycles',
      'two files that need each other are one file, or miss a third',
      { path: '^(src|web)/' },
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
