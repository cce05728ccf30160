import type { Failure } from '../../../kernel/result.js';

/** Why a plan cannot be saved. All reasons at once, each with what to change. */
export type PlanFailure = Failure<
  | 'plan.feature_code_malformed'
  | 'plan.feature_code_twice'
  | 'plan.feature_code_hides_emergency'
  | 'plan.short_code_malformed'
  | 'plan.pattern_malformed'
  | 'plan.pattern_overlaps_feature'
  | 'plan.carrier_prefix_malformed'
  | 'plan.carrier_domain_malformed'
  | 'plan.prefix_malformed'
  | 'plan.region_unknown'
  | 'plan.identifier_code_malformed'
  | 'plan.identifier_code_hides_numbers'
>;
