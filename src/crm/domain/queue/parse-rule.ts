import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import { type Comparison, type Measure, primaryTag, type Rule } from './rule.js';

export type RuleInvalid = Failure<'queue-rule.invalid'>;

const MOST_CHARACTERS = 300;
/** Brackets and `not` within each other. */
const DEEPEST = 12;
const MOST_WAIT_MS = 24 * 3_600_000;
const MOST_LEVEL = 100;

const TONGUES: Readonly<Record<string, string>> = {
  arabic: 'ar',
  chinese: 'zh',
  english: 'en',
  french: 'fr',
  german: 'de',
  hindi: 'hi',
  indonesian: 'id',
  italian: 'it',
  japanese: 'ja',
  korean: 'ko',
  portuguese: 'pt',
  russian: 'ru',
  spanish: 'es',
  thai: 'th',
  turkish: 'tr',
  vietnamese: 'vi',
};
const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  seconds: 1_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
};
const RESERVED: ReadonlySet<string> = new Set(['and', 'or', 'not', ...Object.keys(UNITS)]);

/**
 * Reads a rule such as `wait > 60 s and (english >= 50 or sales > 20)`. `not` binds closest, then `and`, then `or`. What cannot be read is
 * told with its place. Nothing is ever executed: a rule becomes data.
 */
export function parseRule(text: string): Result<Rule, RuleInvalid> {
  if (text.length > MOST_CHARACTERS) return err(invalid(`it is longer than ${MOST_CHARACTERS} characters`));
  try {
    return ok(new Reader(text).rule());
  } catch (error) {
    if (error instanceof NotARule) return err(invalid(error.message));
    throw error;
  }
}

const invalid = (why: string): RuleInvalid =>
  failure('queue-rule.invalid', `The rule cannot be read: ${why}.`, {
    hint: 'write for example: wait > 60 s and language >= 50',
  });

class NotARule extends Error {}

interface Token {
  readonly text: string;
  readonly at: number;
}

const TOKEN = /\s*(?:([a-z][a-z0-9-]*)|([0-9]+)|(<=|>=|[<>=()])|(\S))/giy;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const found of text.matchAll(TOKEN)) {
    const [whole, word, number, sign, other] = found;
    const at = found.index + whole.length;
    if (other !== undefined) throw new NotARule(`"${other}" at character ${at} has no meaning`);
    tokens.push({ text: (word ?? number ?? sign ?? '').toLowerCase(), at });
  }
  return tokens;
}

class Reader {
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  rule(): Rule {
    if (this.tokens.length === 0) throw new NotARule('it is empty');
    const rule = this.any();
    if (this.peek() !== undefined) throw this.unexpected('and, or, or the end');
    return rule;
  }

  private any(): Rule {
    const of = [this.all()];
    while (this.took('or')) of.push(this.all());
    return one('any', of);
  }

  private all(): Rule {
    const of = [this.single()];
    while (this.took('and')) of.push(this.single());
    return one('all', of);
  }

  private single(): Rule {
    if (++this.depth > DEEPEST) throw new NotARule(`more than ${DEEPEST} brackets within each other`);
    const rule = this.took('not') ? ({ is: 'not', of: this.single() } as const) : this.bracketed();
    this.depth--;
    return rule;
  }

  private bracketed(): Rule {
    if (!this.took('(')) return this.comparison();
    const rule = this.any();
    if (!this.took(')')) throw this.unexpected('")"');
    return rule;
  }

  private comparison(): Rule {
    const measure = this.measure();
    const by = this.comparator();
    const to = this.number();
    if (measure.what === 'wait') return { is: 'compared', measure, by, to: this.time(to) };
    if (to > MOST_LEVEL) throw new NotARule(`${to} is no level: levels go from 0 to ${MOST_LEVEL}`);
    return { is: 'compared', measure, by, to };
  }

  private measure(): Measure {
    const word = this.peek();
    if (word === undefined || !/^[a-z]/.test(word) || RESERVED.has(word))
      throw this.unexpected('wait, language, a language or a skill');
    this.next++;
    if (word === 'wait' || word === 'language') return { what: word };
    const tag = TONGUES[word];
    if (tag !== undefined) return { what: 'tongue', tag };
    return /^[a-z]{2}$/.test(word)
      ? { what: 'tongue', tag: primaryTag(word) }
      : { what: 'skill', skill: word };
  }

  private comparator(): Comparison {
    const sign = this.peek();
    if (sign === '<' || sign === '<=' || sign === '=' || sign === '>=' || sign === '>') {
      this.next++;
      return sign;
    }
    throw this.unexpected('<, <=, =, >= or >');
  }

  private number(): number {
    const text = this.peek();
    if (text === undefined || !/^[0-9]{1,9}$/.test(text)) throw this.unexpected('a number');
    this.next++;
    return Number(text);
  }

  private time(count: number): number {
    const unit = UNITS[this.peek() ?? ''];
    if (unit === undefined) throw this.unexpected('s or min after a time');
    this.next++;
    if (count * unit > MOST_WAIT_MS) throw new NotARule('nobody waits longer than a day');
    return count * unit;
  }

  private peek(): string | undefined {
    return this.tokens[this.next]?.text;
  }

  private took(text: string): boolean {
    if (this.peek() !== text) return false;
    this.next++;
    return true;
  }

  private unexpected(wanted: string): NotARule {
    const token = this.tokens[this.next];
    if (token === undefined) return new NotARule(`it ends where ${wanted} should follow`);
    return new NotARule(`"${token.text}" before character ${token.at + 1}, where ${wanted} should be`);
  }
}

function one(is: 'all' | 'any', of: readonly Rule[]): Rule {
  const [first, ...others] = of;
  return first !== undefined && others.length === 0 ? first : { is, of };
}
