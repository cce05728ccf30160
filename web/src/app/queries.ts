import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/problem.js';

/** Only what may be asked again is asked again: a "no" stays a "no". */
const RETRIES = 2;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < RETRIES && mayRetry(error),
    },
    mutations: { retry: false },
  },
});

const mayRetry = (error: unknown): boolean =>
  error instanceof ProblemError ? error.problem.retry === 'safe' && error.problem.status !== 429 : true;
