import { useQuery } from '@tanstack/react-query';
import { queries } from '../app/queries.js';
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
  | 'partner-centre';

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly companyId: string | null;
  readonly memberId: string | null;
}

interface Me {
  readonly account: Account;
  readonly csrfToken: string | null;
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
}): Promise<void> {
  const { csrfToken } = await ask<{ csrfToken: string }>('POST /v1/sessions', { body: credentials });
  rememberCsrfToken(csrfToken);
  await startAfresh();
}

export async function signOut(): Promise<void> {
  await ask('DELETE /v1/sessions/current');
  rememberCsrfToken(null);
  await startAfresh();
}

/** Nothing that one person saw is shown to the next. */
async function startAfresh(): Promise<void> {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
  await queries.fetchQuery({ queryKey: KEY, queryFn: ({ signal }) => whoAmI(signal), staleTime: 0 });
}

async function whoAmI(signal: AbortSignal): Promise<Account | null> {
  try {
    const { account, csrfToken } = await ask<Me>('GET /v1/me', { signal });
    rememberCsrfToken(csrfToken);
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
