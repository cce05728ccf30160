/**
 * The same function, which answers without asking again for what it was asked about lately (the `most` latest keys, oldest
 * forgotten first). Only for pure functions: an answer never changes.
 */
export function remembering<V>(most: number, find: (key: string) => V): (key: string) => V {
  const answers = new Map<string, V>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known as V;
    const found = find(key);
    if (answers.size >= most) {
      const oldest = answers.keys().next();
      if (!oldest.done) answers.delete(oldest.value);
    }
    answers.set(key, found);
    return found;
  };
}
