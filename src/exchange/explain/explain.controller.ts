import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { Explainer, type Explanation } from './explainer.js';

const question = z.object({
  dialled: z.string().max(2_000),
  from: z.string().min(1).max(100),
  /** What if these trunks were in trouble: their ids, separated by commas. */
  down: z
    .string()
    .max(400)
    .transform((list) => list.split(',').filter((id) => id !== ''))
    .optional(),
  /** What if it were then (ISO 8601). */
  at: z.iso.datetime({ offset: true }).optional(),
});

@Controller('v1/numbers')
export class ExplainController {
  constructor(private readonly explainer: Explainer) {}

  /**
   * How `dialled` would be read and routed for `from` (a member's id, number or phone account, or `KR`, `KR:02`): each step's
   * verdict, the ways with both converted numbers and what they cost us per minute, our price. No call is placed. What if: with `down=gw-kr,gw-us` as if
   * these trunks were in trouble, with `at` as if it were then.
   */
  @Get('explain')
  @Policy('numbers.explain')
  async explain(@Query({ schema: question }) query: z.output<typeof question>): Promise<Explanation> {
    const { dialled, from, down, at } = query;
    const what = { down: new Set(down), ...(at === undefined ? {} : { at: Date.parse(at) }) };
    return orProblem(await this.explainer.explain(dialled, from, what));
  }
}
