import ts from 'typescript';

/** The part of JSON Schema (2020-12) that TypeScript's types need. */
export interface Schema {
  readonly type?: string;
  readonly $ref?: string;
  readonly enum?: readonly (string | number | boolean)[];
  readonly format?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly description?: string;
}

/** Of a path: a type that is longer refers to itself without a name. */
const MOST_DEEP = 300;
const EMPTY = ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never;

/**
 * Reads what a value of a type looks like as JSON. Types with a name become `schemas`, referred to by `#/$defs/<name>`; what has
 * no form as JSON (a bigint, a Map) is a fault with the place where it was met.
 */
export class TypeReader {
  readonly schemas: Record<string, Schema> = {};
  readonly faults: string[] = [];
  private readonly names = new Map<ts.Type, string>();

  private readonly checker: ts.TypeChecker;
  private readonly root: string;

  constructor(checker: ts.TypeChecker, root: string) {
    this.checker = checker;
    this.root = root;
  }

  /** Undefined: nothing is answered. */
  read(type: ts.Type, place: ts.Node, path: string): Schema | undefined {
    const some = type.isUnion() ? type.types.some((part) => !isEmpty(part)) : !isEmpty(type);
    return some ? this.of(type, place, path) : undefined;
  }

  private of(type: ts.Type, place: ts.Node, path: string): Schema {
    if (path.length > MOST_DEEP) throw new Error(`${path}: ${this.checker.typeToString(type)} does not end`);
    const name = this.nameOf(type);
    if (name === undefined) return this.plain(type, place, path);
    if (!(name in this.schemas)) {
      this.schemas[name] = {};
      this.schemas[name] = this.plain(type, place, name);
    }
    return { $ref: `#/$defs/${name}` };
  }

  private plain(type: ts.Type, place: ts.Node, path: string): Schema {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isUnion()) return this.union(type, place, path);
    if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
    if (type.isNumberLiteral()) return { type: 'number', enum: [type.value] };
    if (flags & ts.TypeFlags.BooleanLiteral)
      return { type: 'boolean', enum: [this.checker.typeToString(type) === 'true'] };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    const branded = type.isIntersection() ? type.types.find(isPrimitive) : undefined;
    if (branded !== undefined) return this.plain(branded, place, path);
    const bound = flags & ts.TypeFlags.Instantiable ? this.checker.getBaseConstraintOfType(type) : undefined;
    if (bound !== undefined) return this.of(bound, place, path);
    if (flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return this.object(type, place, path);
    return this.fault(type, path);
  }

  private union(type: ts.UnionType, place: ts.Node, path: string): Schema {
    const parts = type.types.filter((part) => !isEmpty(part));
    const literals = parts.filter((part) => part.isStringLiteral() || part.isNumberLiteral());
    const booleans = parts.filter((part) => part.flags & ts.TypeFlags.BooleanLiteral);
    const rest = parts.filter((part) => !literals.includes(part as never) && !booleans.includes(part));
    const branches = [
      ...(['string', 'number'] as const).flatMap((kind) => {
        const values = literals.flatMap(({ value }: ts.LiteralType) =>
          typeof value === kind ? [value as string | number] : [],
        );
        return values.length === 0 ? [] : [{ type: kind, enum: values.toSorted() }];
      }),
      ...(booleans.length === 2
        ? [{ type: 'boolean' }]
        : booleans.map((part) => this.plain(part, place, path))),
      ...rest.map((part) => this.of(part, place, path)),
    ];
    const different = [...new Map(branches.map((branch) => [JSON.stringify(branch), branch])).values()];
    return different.length === 1 ? (different[0] as Schema) : { anyOf: different.toSorted(nullLast) };
  }

  private object(type: ts.Type, place: ts.Node, path: string): Schema {
    const name = type.getSymbol()?.name ?? '';
    if (name === 'Date') return { type: 'string', format: 'date-time' };
    if (['Map', 'Set', 'Buffer', 'Promise', 'Uint8Array'].includes(name)) return this.fault(type, path);
    const written = type.getProperty('toJSON');
    if (written !== undefined) {
      const [call] = this.checker.getTypeOfSymbolAtLocation(written, place).getCallSignatures();
      if (call !== undefined) return this.of(call.getReturnType(), place, path);
    }
    if (this.checker.isTupleType(type)) return this.tuple(type as ts.TupleTypeReference, place, path);
    if (this.checker.isArrayType(type)) {
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
      if (item !== undefined && isEmpty(item)) return { type: 'array', maxItems: 0 };
      return { type: 'array', items: this.of(item as ts.Type, place, `${path}[]`) };
    }
    return this.properties(type, place, path);
  }

  private tuple(type: ts.TupleTypeReference, place: ts.Node, path: string): Schema {
    const parts = this.checker.getTypeArguments(type).map((part) => this.of(part, place, `${path}[]`));
    const { minLength, hasRestElement } = type.target as ts.TupleType;
    if (hasRestElement)
      return { type: 'array', items: parts.length === 1 ? (parts[0] as Schema) : { anyOf: parts } };
    return { type: 'array', prefixItems: parts, items: false, minItems: minLength };
  }

  private properties(type: ts.Type, place: ts.Node, path: string): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of this.checker.getPropertiesOfType(type)) {
      const of = this.checker.getTypeOfSymbolAtLocation(property, place);
      const read =
        of.getCallSignatures().length > 0 ? undefined : this.read(of, place, `${path}.${property.name}`);
      if (read === undefined) continue;
      const said = ts.displayPartsToString(property.getDocumentationComment(this.checker)).trim();
      properties[property.name] = said === '' ? read : { ...read, description: said };
      const maybe = of.isUnion() && of.types.some(isEmpty);
      if (!maybe && !(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
    }
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    // What is left of an unknown that is not null.
    if (index === undefined && Object.keys(properties).length === 0) return {};
    return {
      type: 'object',
      ...(Object.keys(properties).length === 0 ? {} : { properties: sorted(properties) }),
      ...(required.length === 0 ? {} : { required: required.toSorted() }),
      additionalProperties: index === undefined ? false : this.of(index.type, place, `${path}.*`),
    };
  }

  /** The name that whoever wrote the type gave it: of an alias or an interface without parameters, of ours. */
  private nameOf(type: ts.Type): string | undefined {
    const known = this.names.get(type);
    if (known !== undefined) return known;
    const symbol = type.aliasSymbol ?? (type.isClassOrInterface() ? type.symbol : undefined);
    const file = symbol?.declarations?.[0]?.getSourceFile().fileName;
    if (symbol === undefined || type.aliasTypeArguments !== undefined || file === undefined) return undefined;
    if ((type as ts.InterfaceType).typeParameters !== undefined) return undefined;
    if (!file.startsWith(`${this.root}/src/`) || symbol.name === '__type') return undefined;
    const room = file
      .slice(this.root.length + 5)
      .split('/')
      .slice(0, -1);
    const taken = new Set(this.names.values());
    const candidates = [symbol.name, ...room.toReversed().map((part) => `${pascal(part)}${symbol.name}`)];
    const name = candidates.find((one) => !taken.has(one)) ?? `${symbol.name}${taken.size}`;
    this.names.set(type, name);
    return name;
  }

  private fault(type: ts.Type, path: string): Schema {
    this.faults.push(`${path}: ${this.checker.typeToString(type)} is not JSON`);
    return {};
  }
}

const isEmpty = (type: ts.Type): boolean => (type.flags & EMPTY) !== 0;
const isPrimitive = (type: ts.Type): boolean =>
  (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike)) !== 0;
const nullLast = (a: Schema, b: Schema): number => Number(a.type === 'null') - Number(b.type === 'null');
const pascal = (text: string): string =>
  text.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
/** By name: the file changes where the type did, not where a property moved. */
export const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
