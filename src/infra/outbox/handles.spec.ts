import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { handlerFlaws } from './handles.js';

const topic = (...handlers: string[]) => ({ payload: z.object({}), handlers });
const one = (handler: string, of: string) => ({ handler, topic: of, many: false });

test('a handler name stands for one topic only', () => {
  const topics = { 'egg.laid': topic('kitchen.boil'), 'egg.sold': topic('kitchen.boil') };
  const found = [one('kitchen.boil', 'egg.laid'), one('kitchen.boil', 'egg.sold')];
  expect(handlerFlaws(topics, found)).toEqual([
    'handler kitchen.boil is declared twice: names are unique over all topics',
  ]);
});

test('every event finds exactly whom it must, or the flaws are listed', () => {
  expect(handlerFlaws({ 'egg.laid': topic('kitchen.boil') }, [one('kitchen.boil', 'egg.laid')])).toEqual([]);
  expect(handlerFlaws({ 'egg.laid': topic('kitchen.boil') }, [one('kitchen.boil', 'egg.sold')])).toEqual([
    'handler kitchen.boil of egg.laid is provided 0 times instead of once',
    'handler kitchen.boil of egg.sold is not declared in the topics',
  ]);
});

test('a handler takes many events exactly when the topics say so', () => {
  const batched = { ...topic('kitchen.boil'), batched: ['kitchen.boil'] };
  const many = { ...one('kitchen.boil', 'egg.laid'), many: true };
  expect(handlerFlaws({ 'egg.laid': batched }, [many])).toEqual([]);
  expect(handlerFlaws({ 'egg.laid': batched }, [one('kitchen.boil', 'egg.laid')])).toEqual([
    'handler kitchen.boil takes one event: the topics say otherwise',
  ]);
  expect(handlerFlaws({ 'egg.laid': topic('kitchen.boil') }, [many])).toEqual([
    'handler kitchen.boil takes many events: the topics say otherwise',
  ]);
});

test('who is named as taking many events is named as handler, too', () => {
  const astray = { ...topic('kitchen.boil'), batched: ['kitchen.fry'] };
  expect(handlerFlaws({ 'egg.laid': astray }, [one('kitchen.boil', 'egg.laid')])).toEqual([
    'kitchen.fry takes many egg.laid but is none of its handlers',
  ]);
});
