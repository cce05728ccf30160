/** Only a path of ours: a link to us must not lead elsewhere after signing in. */
export const ownPath = (next: string | null): string =>
  next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
