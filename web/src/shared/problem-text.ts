import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';

export interface ProblemText {
  readonly message: string;
  readonly hint: string | undefined;
  readonly errors: readonly string[];
}

/** Words for an error: our own by its code (`i18n/<language>/problems.json`), else the server's English ones. */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t, i18n } = useTranslation(['problems']);
  return (error) => {
    if (!(error instanceof ProblemError)) return { message: t('unexpected'), hint: undefined, errors: [] };
    const { code, detail, hint, errors = [] } = error.problem;
    const known = (key: string) => (i18n.exists(key, { ns: 'problems' }) ? t(key as never) : undefined);
    return {
      message: known(code) ?? detail,
      hint: known(`${code}.hint`) ?? (known(code) === undefined ? forPeople(hint) : undefined),
      errors: errors.map(({ pointer, detail: what }) => `${pointer.replace(/^\//, '')}: ${what}`),
    };
  };
}

/** Some hints speak to programs: of routes and headers. */
const forPeople = (hint: string | undefined): string | undefined =>
  hint !== undefined && /\b(GET|POST|PUT|PATCH|DELETE|API)\b|[?]\w+=/.test(hint) ? undefined : hint;
