import { ruleOf } from '../policy.js';
import type { Route } from '../routes.js';
import type { AttemptLimit } from './attempts.js';
import { limitOf, limitsInside } from './limited.js';

export const limitsOf = ({ handler }: Route): readonly (AttemptLimit | string)[] => {
  const kept = limitOf(handler);
  return kept === undefined ? limitsInside(handler) : [kept];
};

const within = (minutes: number) =>
  minutes === 60 ? 'an hour' : minutes === 1_440 ? 'a day' : `${minutes} minutes`;
const about = ({ both, source, subject, minutes }: AttemptLimit, of: string): string =>
  `in ${within(minutes)} ${both} of ${of} from one place, ${source} from one place, ${subject} of ${of}`;

/** docs/limits.md. */
export const limitsText = (routes: readonly Route[]): string => {
  const rows = routes.flatMap((route) =>
    limitsOf(route).map((limit) => {
      const of = limitOf(route.handler) === undefined ? 'one address, code or account' : 'one account';
      const text = typeof limit === 'string' ? limit : about(limit, of);
      const who = ruleOf(route.policy)?.open === 'anyone' ? 'anyone' : 'signed in';
      return `| \`${route.method} ${route.path}\` | ${who} | ${text} |`;
    }),
  );
  return `# Rate limits

Everything that costs something each time, and everything at which somebody could guess. Written from the routes' own \`@Limited\` and \`@LimitedInside\` by
\`test/unit/api-limits.spec.ts\` (\`UPDATE_DOCS=1\`), which also refuses an open route or one that costs without either. \`test/medium/http/limits.spec.ts\` goes
through the table and is refused (429, \`Retry-After\`) on each. Attempts are rows: the same for all processes, and after a restart.
Calls have limits of their own ([routing.md](routing.md), [security.md](security.md)); the SIP door bans ([security.md](security.md#bans)).

| route | who | limit |
| --- | --- | --- |
${rows.toSorted().join('\n')}
`;
};
