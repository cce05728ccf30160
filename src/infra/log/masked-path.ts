const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Words of our own routes: lower case, perhaps with a dash. */
const WORD = /^[a-z]+(-[a-z]+)*$|^v\d+$/;
/** Under these a word may be somebody's: a domain's or a card's name. */
const NAMES_FOLLOW = new Set(['addresses', 'resolve', 'n', 'domains']);

/**
 * A request's path for the log: what may be a number, a name, an address or a code is `*`. Ids of ours stay: they say nothing without
 * our database. Query strings are cut off.
 */
export function maskedPath(url: string): string {
  const parts = (url.split(/[?#]/, 1)[0] ?? '').split('/');
  return parts
    .map((part, index) => {
      if (part === '') return part;
      const follows = NAMES_FOLLOW.has(parts[index - 1] ?? '');
      return !follows && (WORD.test(part) || UUID.test(part)) ? part.slice(0, 64) : '*';
    })
    .slice(0, 12)
    .join('/');
}
