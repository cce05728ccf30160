import { join } from 'node:path';
import ts from 'typescript';
import { type Schema, sorted, TypeReader } from './schema-of-type.ts';

/** What a method of a controller answers. Neither schema nor `binary`: nothing (204). */
export interface Answer {
  readonly summary?: string;
  readonly description?: string;
  readonly schema?: Schema;
  /** A file or a stream: its media type is said by `@AnswersWith`. */
  readonly binary?: true;
}
export interface Answers {
  /** By `<class>.<method>`. */
  readonly operations: Readonly<Record<string, Answer>>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

const VERBS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);

/** Reads the answer of every route from the type that its method returns: the compiler has checked that it returns just that. */
export function readAnswers(root: string): Answers {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const {
    options: { tsBuildInfoFile: _, incremental: __, ...options },
  } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const files = ts.sys.readDirectory(join(root, 'src'), ['.controller.ts']);
  const program = ts.createProgram(files.toSorted(), { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const reader = new TypeReader(checker, root);
  const operations: Record<string, Answer> = {};
  for (const file of files.toSorted()) {
    program.getSourceFile(file)?.forEachChild((node) => {
      if (!ts.isClassDeclaration(node) || node.name === undefined) return;
      for (const method of node.members.filter(ts.isMethodDeclaration)) {
        if (!decoratorsOf(method).some((name) => VERBS.has(name))) continue;
        const key = `${node.name.text}.${method.name.getText()}`;
        if (key in operations)
          throw new Error(`two routes are called ${key}: name one of the controllers otherwise`);
        operations[key] = answerOf(checker, reader, method, key);
      }
    });
  }
  if (reader.faults.length > 0) throw new Error(reader.faults.join('\n'));
  return { operations: sorted(operations), schemas: sorted(reader.schemas) };
}

function answerOf(
  checker: ts.TypeChecker,
  reader: TypeReader,
  method: ts.MethodDeclaration,
  key: string,
): Answer {
  const signature = checker.getSignatureFromDeclaration(method);
  const returned = signature?.getReturnType();
  if (signature === undefined || returned === undefined) throw new Error(`${key} cannot be read`);
  const said = ts
    .displayPartsToString(signature.getDocumentationComment(checker))
    .replace(/\s+/g, ' ')
    .trim();
  const [first = ''] = /^.*?[^.][.?!](?= [A-Z]|$)/.exec(said) ?? [said];
  const texts = {
    ...(first === '' ? {} : { summary: first }),
    ...(said === first ? {} : { description: said.slice(first.length).trim() }),
  };
  const type = checker.getAwaitedType(returned) ?? returned;
  if (type.symbol?.name === 'StreamableFile') return { ...texts, binary: true };
  const schema = reader.read(type, method, key);
  return { ...texts, ...(schema === undefined ? {} : { schema }) };
}

const decoratorsOf = (method: ts.MethodDeclaration): readonly string[] =>
  (ts.getDecorators(method) ?? []).map(({ expression }) =>
    ts.isCallExpression(expression) ? expression.expression.getText() : expression.getText(),
  );
