import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { ProblemError } from '../api/problem.js';

export interface Action<Input, Output> {
  readonly start: (input: Input) => void;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly data: Output | undefined;
  readonly reset: () => void;
}

/**
 * Something that somebody does by pressing a button. `act` gets what it needs and the Idempotency-Key of this one wish: while its
 * outcome is unknown (no answer, a 5xx) a second try with the same input carries the same key, so that it is done once. A second
 * press during the first is ignored.
 */
export function useAction<Input = void, Output = void>(
  act: (input: Input, key: string) => Promise<Output>,
  then: { readonly onSuccess?: (output: Output, input: Input) => void } = {},
): Action<Input, Output> {
  const wish = useRef<{ readonly input: string; readonly key: string } | undefined>(undefined);
  const busy = useRef(false);
  const { mutate, isPending, error, data, reset } = useMutation<Output, Error, Input>({
    mutationFn: async (input) => {
      const text = JSON.stringify(input ?? null);
      if (wish.current?.input !== text) wish.current = { input: text, key: crypto.randomUUID() };
      try {
        const output = await act(input, wish.current.key);
        wish.current = undefined;
        return output;
      } catch (failed) {
        if (isSettled(failed)) wish.current = undefined;
        throw failed;
      }
    },
    onSettled: () => {
      busy.current = false;
    },
    ...(then.onSuccess === undefined ? {} : { onSuccess: then.onSuccess }),
  });
  const start = (input: Input): void => {
    if (busy.current) return;
    busy.current = true;
    mutate(input);
  };
  return { start, isPending, error, data, reset };
}

/** Whether what became of it is known, so that the next press is a new wish. */
const isSettled = (error: unknown): boolean =>
  error instanceof ProblemError &&
  error.status >= 400 &&
  error.status < 500 &&
  error.code !== 'request.in-progress';
