import type { ComponentType, ReactNode } from 'react';
import type { Role } from '../api/session.js';

/** A page of an area: its file below `pages/<area>/` exports the component as default and is loaded when first visited. */
export interface PageEntry {
  /** As react-router reads it: `member/calls/:callId`. */
  readonly path: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** Who may see it; `anyone` needs no signing in. The server decides again at each request. */
  readonly roles: readonly Role[] | 'anyone' | 'signed-in';
  /** In the navigation: its text is the key `nav.<name>` of the area's texts. */
  readonly nav?: { readonly name: string; readonly icon: ReactNode };
  /** Out of the frame with the navigation. */
  readonly bare?: boolean;
}

/** The pages of one kind of user. `name` is also the name of its texts: `i18n/<language>/<name>.json`. */
export interface Area {
  readonly name: string;
  readonly pages: readonly PageEntry[];
}

/** Whether somebody with these roles (undefined: not signed in) may see it. */
export function maySee(page: Pick<PageEntry, 'roles'>, roles: readonly Role[] | undefined): boolean {
  if (page.roles === 'anyone') return true;
  if (roles === undefined) return false;
  return page.roles === 'signed-in' || page.roles.some((role) => roles.includes(role));
}
