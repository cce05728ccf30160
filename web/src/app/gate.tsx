import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '../api/session.js';
import { Loading } from '../shared/states.js';
import { maySee, type PageEntry } from './area.js';
import { NotFound } from './not-found.js';

/** Asks somebody to sign in first; whoever may not see the page is told that there is none. */
export function Gate({ page, children }: { readonly page: PageEntry; readonly children: ReactNode }) {
  const { account, isPending } = useSession();
  const { pathname, search } = useLocation();
  if (page.roles === 'anyone') return children;
  if (isPending) return <Loading />;
  if (account === null) {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  return maySee(page, account.roles) ? children : <NotFound />;
}
