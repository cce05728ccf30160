import { useInfiniteQuery } from '@tanstack/react-query';
import { type Ask, ask, type Page } from '../api/http.js';

/** A list of ours, page after page: `items` so far, `more()` for the next page while there is one. */
export function usePages<Item>(path: `/${string}`, query: Ask['query'] = {}, enabled = true) {
  const found = useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<Item>>(`GET ${path}`, {
        query: { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
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
