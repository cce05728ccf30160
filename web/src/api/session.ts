import { useQuery } from '@tanstack/react-query';
import { queries } from '../app/queries.js';
import { followAccountLanguage, switchLanguage } from '../i18n/languages.js';
import { ask, rememberCsrfToken, whenSignedOut } from './http.js';
import { ProblemError } from './problem.js';

export type Role =
  | 'operator'
  | 'finance'
  | 'approver'
  | 'support'
  | 'company-admin'
  | 'supervisor'
  | 'agent'
  | 'member'
  | 'partner-centre'
  | 'terminal';

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  /** BCP 47, of mails and of what is spoken. */
  readonly language: string;
  readonly roles: readonly Role[];
  /** Roles that count once the authenticator app is set up, or its code was shown. */
  readonly withheld: readonly Role[];
  readonly companyId: string | null;
  readonly memberId: string | null;
}

const KEY = ['session'] as const;

/** Who is signed in: null for nobody. `isPending` until the server has said so once. */
export function useSession(): { readonly account: Account | null; readonly isPending: boolean } {
  const { data, isPending } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => whoAmI(signal),
    staleTime: 300_000,
  });
  return { account: data ?? null, isPending };
}

export async function signIn(credentials: {
  readonly email: string;
  readonly password: string;
  readonly code?: string;
}): Promise<void> {
  await signedIn(await ask('POST /v1/sessions', { body: credentials }));
}

/** What each way of signing in answers with. */
export interface Started {
  readonly csrfToken: string;
}

/** After a route that signs in: the pages know whose they are from here on. */
export async function signedIn({ csrfToken }: Started): Promise<void> {
  rememberCsrfToken(csrfToken);
  await startAfresh();
}

/** After something of the account has changed. */
export const refreshSession = (): Promise<void> => queries.invalidateQueries({ queryKey: KEY });

/** For who is signed in it is the account's language too. */
export async function chooseLanguage(language: string): Promise<void> {
  await switchLanguage(language);
  if (queries.getQueryData(KEY) == null) return;
  await ask('PATCH /v1/me', { body: { language } });
  await refreshSession();
}

export async function signOut(): Promise<void> {
  await ask('DELETE /v1/sessions/current');
  await signedOut();
}

/** Nothing that one person saw is shown to the next. */
/** All sessions of the account ended at the server: this one, too. */
export async function signedOut(): Promise<void> {
  rememberCsrfToken(null);
  await startAfresh();
}

async function startAfresh(): Promise<void> {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
  await queries.fetchQuery({ queryKey: KEY, queryFn: ({ signal }) => whoAmI(signal), staleTime: 0 });
}

async function whoAmI(signal: AbortSignal): Promise<Account | null> {
  try {
    const { account, csrfToken } = await ask('GET /v1/me', { signal });
    rememberCsrfToken(csrfToken);
    await followAccountLanguage(account.language);
    return account;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return null;
    throw error;
  }
}

// Somebody else's tab may have signed out, or the session ran out: the pages say so at once.
whenSignedOut(() => {
  rememberCsrfToken(null);
  queries.setQueryData(KEY, null);
});
