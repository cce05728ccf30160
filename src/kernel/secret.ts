const REDACTED = '[secret]';

/** A value that prints as `[secret]` wherever it lands: logs, JSON, errors, template strings. `reveal()` at the place of use. */
export class Secret {
  readonly #value: string;

  /** @param before the secret that this one has taken the place of a while ago, if what it made is still good. */
  constructor(
    value: string,
    private readonly before?: Secret,
  ) {
    this.#value = value;
  }

  /** Whatever fits one of these is ours; new things are made by the first, this one. */
  get accepted(): readonly Secret[] {
    return this.before === undefined ? [this] : [this, this.before];
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
