/** Paths that are never a page: a mistyped one gets a problem, not HTML. */
const NOT_PAGES = /^\/(v1|health|metrics|assets|provision)(\/|$)/;

/**
 * Whether a request wants a page of ours: every path of the pages is answered with the same HTML, whose script shows the right one.
 * A file's name (with a dot in its last part) that isn't there is not a page.
 */
export function wantsPage(method: string, path: string, accept: string | undefined): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (path === '/') return true;
  if (NOT_PAGES.test(path) || /\.[^/]*$/.test(path)) return false;
  return accept?.includes('text/html') ?? false;
}

/** The best of the encodings that there are ready-made files for. */
export function encodingFor(accept: string | undefined): 'br' | 'gzip' | undefined {
  const offered = (accept ?? '').split(',').flatMap((one) => {
    const [name, ...parameters] = one
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [name];
  });
  if (offered.includes('br')) return 'br';
  return offered.includes('gzip') ? 'gzip' : undefined;
}
