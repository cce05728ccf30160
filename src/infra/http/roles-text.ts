import { type PolicyName, type PolicyRule, policies, userRoles } from './policies.js';

const MARKS = { allowed: '●', people: '○', never: '' } as const;

/** docs/roles.md: who may do what, one row a policy, with the routes that name it. */
export function rolesText(
  routes: readonly { readonly method: string; readonly path: string; readonly policy: string | undefined }[],
): string {
  const rows = (Object.entries(policies) as [PolicyName, PolicyRule][]).map(([name, rule]) => {
    const marks = userRoles.map((role) =>
      rule.roles.includes(role) ? (rule.only === 'session' ? MARKS.people : MARKS.allowed) : MARKS.never,
    );
    const open = rule.open === undefined ? '' : rule.open === 'anyone' ? ' (open to anyone)' : ' (this host)';
    return `| \`${name}\`${open}${rule.fresh === true ? ' ⚿' : ''} | ${marks.join(' | ')} | ${rule.why} |`;
  });
  const listed = (Object.keys(policies) as PolicyName[]).map((name) => {
    const own = routes
      .filter(({ policy }) => policy === name)
      .map(({ method, path }) => `\`${method} ${path}\``)
      .toSorted();
    return `- **${name}**: ${own.join(', ')}`;
  });
  return `# Who may do what

Printed from \`src/infra/http/policies.ts\` and the controllers by \`npm run api\`; \`npm run typecheck\` fails while it is stale. \`test/medium/http/routes.spec.ts\` asks every
route as every role. A route that names no line of this table does not boot.

● by session or API key · ○ people only, never an API key · ⚿ who has an authenticator app shows a fresh code of it ([two-persons.md](two-persons.md), [security.md](security.md))

Companies and members see and change what is their own, whatever the table allows: another's is answered with 404.

| policy | ${userRoles.join(' | ')} | why |
| --- | ${userRoles.map(() => ':-:').join(' | ')} | --- |
${rows.join('\n')}

## Routes by policy

${listed.join('\n')}
`;
}
