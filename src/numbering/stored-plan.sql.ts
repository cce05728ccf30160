/** The tables of the number plan as numbering's PlanConfig has them. */
export const SETTINGS = 'SELECT name, value FROM routing_setting';

export const PLAN_CARRIERS = `
  SELECT id, e164_prefixes AS "e164Prefixes", domains FROM voip_carrier WHERE enabled ORDER BY id`;

/** Without the keys that are null: absent is what numbering takes for "any". */
export const CARRIER_PATTERNS = `
  SELECT jsonb_strip_nulls(jsonb_build_object('carrierId', carrier_id, 'prefix', prefix, 'minLength', min_length,
           'maxLength', max_length, 'regex', regex, 'countries', countries)) AS found
    FROM carrier_pattern ORDER BY carrier_id, prefix, id`;

export const FEATURE_CODES = 'SELECT code, feature, argument FROM feature_code WHERE enabled ORDER BY code';

export const IDENTIFIER_CODES = `
  SELECT country, code, min_length AS "minLength", max_length AS "maxLength" FROM identifier_code ORDER BY country, code`;

export const SHORT_CODES =
  'SELECT country, dialled, number, service FROM short_code ORDER BY country, dialled';
