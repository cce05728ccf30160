import { describe, expect, it } from '@jest/globals';
import type { OperationName } from './operations.js';
import { outcomeOf } from './outcome.js';

const outcome = (operation: OperationName, status: number, body = '') =>
  outcomeOf(operation, { kind: 'answered', status, body });

describe('the outcome of an answer', () => {
  it('a success without a body is done', () => {
    expect(outcome('channels.answer', 204)).toEqual({ kind: 'done', value: undefined });
  });

  it('a success with a body is done with it', () => {
    expect(outcome('channels.list', 200, '[]')).toEqual({ kind: 'done', value: [] });
  });

  it('a success that cannot be read leaves open what happened', () => {
    expect(outcome('channels.list', 200, '<html>').kind).toBe('unknown');
  });

  it.each([404, 409, 412])('%d: the channel is gone', (status) => {
    expect(outcome('channels.answer', status, '{"message":"Channel not found"}')).toEqual({
      kind: 'gone',
      status,
      message: 'channels.answer: Channel not found',
    });
  });

  it.each([400, 422])('%d while joining or leaving a bridge: the channel is gone', (status) => {
    expect(outcome('bridges.addChannel', status).kind).toBe('gone');
    expect(outcome('bridges.removeChannel', status).kind).toBe('gone');
    expect(outcome('channels.answer', status).kind).toBe('rejected');
  });

  it('what is there already was created by an earlier, repeated request', () => {
    expect(outcome('channels.create', 409).kind).toBe('done');
    expect(outcome('bridges.createWithId', 409).kind).toBe('done');
    expect(outcome('channels.dial', 409).kind).toBe('gone');
  });

  it.each([401, 403, 500, 503])('%d: rejected', (status) => {
    expect(outcome('channels.create', status, '{"error":"Allocation failed"}')).toEqual({
      kind: 'rejected',
      status,
      message: 'channels.create: Allocation failed',
    });
  });

  it('a strange error body is quoted, shortened', () => {
    const { message } = outcome('channels.answer', 500, 'x'.repeat(9999)) as { message: string };
    expect(message.length).toBeLessThan(300);
  });

  it('no answer: unknown', () => {
    expect(outcomeOf('channels.answer', { kind: 'unanswered', message: 'ECONNRESET' })).toEqual({
      kind: 'unknown',
      message: 'channels.answer: ECONNRESET',
    });
  });
});
