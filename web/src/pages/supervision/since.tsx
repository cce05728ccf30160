import { useEffect, useState } from 'react';
import { clockOf } from '../../customers/texts.js';

/** A running clock since a moment. */
export function Since({ at }: { readonly at: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span>{clockOf(Math.max(0, Math.floor((now - Date.parse(at)) / 1_000)))}</span>;
}
