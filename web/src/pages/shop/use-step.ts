import { ask } from '../../api/http.js';
import { ProblemError } from '../../api/problem.js';
import { useAction } from '../../shared/action.js';
import type { StepProps } from './order.js';

type Step = 'application' | 'hold' | 'payments' | 'selection' | 'verification';

/**
 * A step of an order: `POST /v1/orders/:id/<what>`. When it is refused because the order has moved (another tab, its time was over),
 * the order is read anew, and the page shows the step that is right now.
 */
export function useStep<Body extends object>({ order, onOrder, refresh }: StepProps, what: Step) {
  return useAction(
    async (body: Body, key) => {
      try {
        return await ask(`POST /v1/orders/${order.id}/${what}`, { body, key });
      } catch (error) {
        if (error instanceof ProblemError && error.status < 500) refresh();
        throw error;
      }
    },
    { onSuccess: onOrder },
  );
}
