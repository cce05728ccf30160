import type { AriOutcome } from './ari.port.js';
import type { OperationName } from './operations.js';
import type { RestAnswer } from './rest.js';

/** Operations that create something under an id of ours: "already exists" means an earlier, repeated request got through. */
const CREATING: ReadonlySet<string> = new Set<OperationName>(['channels.create', 'bridges.createWithId']);
/** Asterisk answers these with 400 or 422 where others say 404 or 409 (rest-api/bridges.json). */
const MEMBERSHIP: ReadonlySet<string> = new Set<OperationName>([
  'bridges.addChannel',
  'bridges.removeChannel',
]);
const MAX_MESSAGE = 200;

/** What an answer means to a call. `value` is the parsed body of a success, `undefined` where there is none. */
export function outcomeOf(operation: OperationName, answer: RestAnswer): AriOutcome<unknown> {
  if (answer.kind === 'unanswered') return { kind: 'unknown', message: `${operation}: ${answer.message}` };
  const { status, body } = answer;
  if (status >= 200 && status < 300) return success(operation, body);
  if (status === 409 && CREATING.has(operation)) return { kind: 'done', value: undefined };
  const message = `${operation}: ${messageOf(body)}`;
  return isGone(operation, status)
    ? { kind: 'gone', status, message }
    : { kind: 'rejected', status, message };
}

function isGone(operation: OperationName, status: number): boolean {
  if (status === 404 || status === 409 || status === 412) return true;
  return MEMBERSHIP.has(operation) && (status === 400 || status === 422);
}

function success(operation: OperationName, body: string): AriOutcome<unknown> {
  if (body === '') return { kind: 'done', value: undefined };
  const value = parse(body);
  return value === undefined
    ? { kind: 'unknown', message: `${operation}: the answer is not JSON` }
    : { kind: 'done', value };
}

/** Asterisk's errors are `{"message": …}` or `{"error": …}`; what isn't, is quoted shortened. */
function messageOf(body: string): string {
  const parsed = parse(body);
  if (typeof parsed === 'object' && parsed !== null) {
    if ('message' in parsed && typeof parsed.message === 'string') return parsed.message;
    if ('error' in parsed && typeof parsed.error === 'string') return parsed.error;
  }
  return body.slice(0, MAX_MESSAGE);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
