/** What a rule looks at: how long the caller has waited (ms), or one of the agent's levels (0 to 100). */
export type Measure =
  | { readonly what: 'wait' }
  /** The agent's level in the caller's language. */
  | { readonly what: 'language' }
  /** His level in that language, a primary BCP 47 tag. */
  | { readonly what: 'tongue'; readonly tag: string }
  | { readonly what: 'skill'; readonly skill: string };

export type Comparison = '<' | '<=' | '=' | '>=' | '>';

/** When an agent may take a call: an expression as data. */
export type Rule =
  | { readonly is: 'all'; readonly of: readonly Rule[] }
  | { readonly is: 'any'; readonly of: readonly Rule[] }
  | { readonly is: 'not'; readonly of: Rule }
  | {
      readonly is: 'compared';
      readonly measure: Measure;
      readonly by: Comparison;
      readonly to: number;
    };

/** An agent's level at each thing; what is not there is 0. Languages by their primary BCP 47 tag. */
export interface Levels {
  readonly languages: Readonly<Record<string, number>>;
  readonly skills: Readonly<Record<string, number>>;
}

export const levelOf = (levels: Readonly<Record<string, number>>, name: string): number =>
  Object.hasOwn(levels, name) ? (levels[name] ?? 0) : 0;

/** `ko-KR` → `ko`. */
export const primaryTag = (language: string): string => language.toLowerCase().split('-', 1)[0] ?? '';

/** Whether a rule lets this agent take a caller of that language (a primary tag) who has waited `waitMs`. */
export function holds(rule: Rule, agent: Levels, language: string, waitMs: number): boolean {
  switch (rule.is) {
    case 'all':
      return rule.of.every((one) => holds(one, agent, language, waitMs));
    case 'any':
      return rule.of.some((one) => holds(one, agent, language, waitMs));
    case 'not':
      return !holds(rule.of, agent, language, waitMs);
    case 'compared':
      return compare(measured(rule.measure, agent, language, waitMs), rule.by, rule.to);
  }
}

function measured(measure: Measure, agent: Levels, language: string, waitMs: number): number {
  switch (measure.what) {
    case 'wait':
      return waitMs;
    case 'language':
      return levelOf(agent.languages, language);
    case 'tongue':
      return levelOf(agent.languages, measure.tag);
    case 'skill':
      return levelOf(agent.skills, measure.skill);
  }
}

function compare(value: number, by: Comparison, to: number): boolean {
  switch (by) {
    case '<':
      return value < to;
    case '<=':
      return value <= to;
    case '=':
      return value === to;
    case '>=':
      return value >= to;
    case '>':
      return value > to;
  }
}

/** Times (ms) at which a rule may begin or cease to hold by waiting alone; between two of them it does not change. */
export function turnsOf(rule: Rule): readonly number[] {
  switch (rule.is) {
    case 'all':
    case 'any':
      return rule.of.flatMap(turnsOf);
    case 'not':
      return turnsOf(rule.of);
    case 'compared':
      return rule.measure.what === 'wait' ? [rule.to, rule.to + 1] : [];
  }
}
