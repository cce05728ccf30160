import { useState } from 'react';
import { tagOf } from '../api/http.js';

/**
 * For a form over what was read: `ifMatch` goes along with its change, which is refused (412) when somebody else has changed it since;
 * `saved` with the answer of the change, so that the next one is compared with that. Its query needs `structuralSharing: false`: a merged
 * copy is nothing that was read.
 */
export function useUnchanged(read: unknown): {
  readonly ifMatch: string | undefined;
  readonly saved: (answer: unknown) => void;
} {
  const [ifMatch, setTag] = useState(() => tagOf(read));
  return { ifMatch, saved: (answer) => setTag(tagOf(answer)) };
}
