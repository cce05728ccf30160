import { useInfiniteQuery } from '@tanstack/react-query';
import { type Answer, ask, type IfKnown, type Item, type QueryOf, type RouteOf } from '../api/http.js';

type Listing<P extends string> = `GET ${P}`;
type Query<P extends string> =
  QueryOf<Listing<P>> extends { readonly query?: infer Wanted } ? Omit<NonNullable<Wanted>, 'cursor'> : never;

/** A list of ours, page after page: `items` so far, `more()` for the next page while there is one. */
export function usePages<P extends `/v1/${string}`>(
  path: P,
  ...[query, enabled = true]: IfKnown<Listing<P>, [query?: Query<P>, enabled?: boolean]>
) {
  type Found = Item<RouteOf<Listing<P>>>;
  const found = useInfiniteQuery({
    queryKey: [path, query ?? {}],
    // The path's own type has checked that it is a list of the API's.
    queryFn: ({ pageParam, signal }) =>
      (ask as (route: string, asked: object) => Promise<Answer<RouteOf<Listing<P>>>>)(`GET ${path}`, {
        query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }) as Promise<{ readonly items: readonly Found[]; readonly nextCursor: string | null }>,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled,
  });
  return {
    data: found.data?.pages.flatMap((page) => page.items),
    error: found.error,
    refetch: found.refetch,
    more: found.hasNextPage ? () => void found.fetchNextPage() : undefined,
    loadingMore: found.isFetchingNextPage,
  };
}
