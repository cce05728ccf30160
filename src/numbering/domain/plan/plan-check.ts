import { RE2JS } from 're2js';
import { failure } from '../../../kernel/result.js';
import { emergencyCode } from '../emergency/emergency-codes.js';
import { canonicalDomain } from '../input/domain-name.js';
import { isKnownRegion, phoneFromNational } from '../telephone/phone.js';
import { hiddenTelephone } from './identifier-range.js';
import type { CarrierConfig, CarrierPattern, FeatureCode, PlanConfig } from './plan-config.js';
import type { PlanFailure } from './plan-failure.js';

/** What is wrong with a configuration; empty when it may be saved. */
export function checkPlan(config: PlanConfig): readonly PlanFailure[] {
  return [
    ...checkRegions(config),
    ...checkFeatures(config),
    ...config.carriers.flatMap((carrier) => checkCarrier(carrier, config)),
    ...checkPrefixes([...config.barred, ...config.allowed]),
    ...checkIdentifiers(config),
    ...checkShortCodes(config),
    ...config.ownDomains.flatMap((domain) => checkDomain(domain)),
  ];
}

function checkRegions(config: PlanConfig): PlanFailure[] {
  const named = [
    ...config.servedCountries,
    ...Object.values(config.defaultRegions),
    ...config.explicitOnlyCountries,
    ...config.identifierCodes.map((code) => code.country),
    ...config.shortCodes.map((code) => code.country),
  ];
  return [...new Set(named)]
    .filter((region) => !isKnownRegion(region))
    .map((region) =>
      failure('plan.region_unknown', `${region} is no ISO 3166-1 country with a calling code`, {
        hint: 'give an ISO 3166-1 alpha-2 code, like KR',
      }),
    );
}

function checkFeatures(config: PlanConfig): PlanFailure[] {
  const seen = new Set<string>();
  return config.featureCodes.flatMap((feature) => {
    const failures = checkFeature(feature, config);
    if (seen.has(feature.code)) {
      failures.push(
        failure('plan.feature_code_twice', `${feature.code} is configured twice`, {
          hint: 'give each feature one code of its own',
        }),
      );
    }
    seen.add(feature.code);
    return failures;
  });
}

/** `*97`, `#31#`, `*21*`; digits alone only without an argument: with one they would swallow telephone numbers. */
function checkFeature({ code, argument }: FeatureCode, config: PlanConfig): PlanFailure[] {
  const digitsOnly = /^\d{2,8}$/.test(code);
  if (!digitsOnly && !/^[*#][0-9*#]{1,8}$/.test(code)) {
    return [
      failure('plan.feature_code_malformed', `${code}: starts with * or #, or is 2 to 8 digits`, {
        hint: 'for example *21 or #21',
      }),
    ];
  }
  if (!digitsOnly) return [];
  if (argument !== 'none') {
    return [
      failure('plan.feature_code_malformed', `${code}: a code without * or # cannot take an argument`, {
        hint: 'for example *21 or #21',
      }),
    ];
  }
  return config.servedCountries
    .filter((region) => emergencyCode(code, region) !== undefined)
    .map((region) =>
      failure('plan.feature_code_hides_emergency', `${code} is an emergency or short code in ${region}`, {
        hint: 'choose another code',
      }),
    );
}

function checkCarrier(carrier: CarrierConfig, config: PlanConfig): PlanFailure[] {
  return [
    ...carrier.patterns.flatMap((pattern) => checkPattern(carrier.id, pattern, config.featureCodes)),
    ...carrier.e164Prefixes
      .filter((prefix) => !E164_PREFIX.test(prefix))
      .map((prefix) =>
        failure('plan.carrier_prefix_malformed', `${carrier.id}: '${prefix}' is not + and digits`, {
          hint: 'for example +8270',
        }),
      ),
    ...carrier.domains.flatMap((domain) => checkDomain(domain)),
  ];
}

function checkPattern(id: string, pattern: CarrierPattern, features: readonly FeatureCode[]): PlanFailure[] {
  const { prefix, minLength, maxLength } = pattern;
  if (!/^(?:\+[1-9]|[0-9*])[0-9*#]{0,14}$/.test(prefix)) {
    return [malformed(id, `'${prefix}' must start with a digit, * or +`)];
  }
  if (!(minLength >= prefix.length && maxLength >= minLength && maxLength <= 40)) {
    return [malformed(id, `'${prefix}': lengths must be ${prefix.length} <= min <= max <= 40`)];
  }
  if (pattern.regex !== undefined && !compiles(pattern.regex)) {
    return [malformed(id, `'${pattern.regex}' is no RE2 expression of at most 200 characters`)];
  }
  return features
    .filter(({ code }) => code.startsWith(prefix) || prefix.startsWith(code))
    .map(({ code }) =>
      failure('plan.pattern_overlaps_feature', `${id}: '${prefix}…' overlaps the feature code ${code}`, {
        hint: 'choose another code, or another pattern',
      }),
    );
}

function checkPrefixes(prefixes: readonly string[]): PlanFailure[] {
  return prefixes
    .filter((prefix) => !E164_PREFIX.test(prefix))
    .map((prefix) =>
      failure('plan.prefix_malformed', `'${prefix}' is not + and digits`, { hint: 'for example +8270' }),
    );
}

function checkDomain(domain: string): PlanFailure[] {
  return canonicalDomain(domain) === domain
    ? []
    : [
        failure('plan.carrier_domain_malformed', `'${domain}' is no canonical domain name`, {
          hint: 'in lower case, without a dot at its end',
        }),
      ];
}

function checkIdentifiers(config: PlanConfig): PlanFailure[] {
  return config.identifierCodes.flatMap((identifier): PlanFailure[] => {
    const { code, country, minLength, maxLength } = identifier;
    const isRange = minLength > code.length && maxLength >= minLength && maxLength <= 15;
    if (!/^\d{1,8}$/.test(code) || !isRange) {
      const message = `${country} ${code}: 1 to 8 digits, lengths above that and up to 15`;
      return [
        failure('plan.identifier_code_malformed', message, {
          hint: 'see docs/number-plan.md, "Identifier codes"',
        }),
      ];
    }
    const hidden = isKnownRegion(country) ? hiddenTelephone(identifier) : undefined;
    if (hidden === undefined) return [];
    const message = `${country} ${code}: telephone numbers such as ${hidden.e164} begin so`;
    return [failure('plan.identifier_code_hides_numbers', message, { hint: 'choose another code' })];
  });
}

/** A short code is no telephone number of its country: a mistyped one must not hide somebody's telephone. */
function checkShortCodes({ shortCodes }: PlanConfig): PlanFailure[] {
  return shortCodes
    .filter(({ dialled, number, country }) => {
      const isCode = /^\d{2,6}$/.test(dialled) && /^[0-9*#]{2,15}$/.test(number);
      return !isCode || phoneFromNational(dialled, country) !== undefined;
    })
    .map(({ country, dialled }) => {
      return failure(
        'plan.short_code_malformed',
        `${country} ${dialled}: 2 to 6 digits that are no telephone number`,
        { hint: 'for example 119' },
      );
    });
}

const E164_PREFIX = /^\+[1-9]\d{0,14}$/;

function malformed(id: string, message: string): PlanFailure {
  return failure('plan.pattern_malformed', `${id}: ${message}`, {
    hint: 'see docs/number-plan.md, "Patterns"',
  });
}

function compiles(regex: string): boolean {
  if (regex.length > 200) return false;
  try {
    RE2JS.compile(regex);
    return true;
  } catch {
    return false;
  }
}
