import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/http.js';
import { useWording } from './texts.js';

/** Why an agent may pause, in the centre's own words and the reader's language. */
export function usePauseReasons(): readonly { readonly code: string; readonly label: string }[] {
  const { reader } = useWording();
  const query = useQuery({
    queryKey: ['/v1/pause-reasons'],
    queryFn: ({ signal }) => ask('GET /v1/pause-reasons', { signal }),
    staleTime: 300_000,
  });
  return (query.data?.items ?? [])
    .filter(({ active }) => active)
    .map(({ code, label }) => ({ code, label: label[reader] ?? label['en'] ?? code }));
}
