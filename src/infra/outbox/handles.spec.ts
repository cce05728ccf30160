import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { handlerFlaws } from './handles.js';

const topic = (...handlers: string[]) => ({ payload: z.object({}), handlers });

test('a handler name stands for one topic only', () => {
  const topics = { 'egg.laid': topic('kitchen.boil'), 'egg.sold': topic('kitchen.boil') };
  const found = [
    { handler: 'kitchen.boil', topic: 'egg.laid' },
    { handler: 'kitchen.boil', topic: 'egg.sold' },
  ];
  expect(handlerFlaws(topics, found)).toEqual([
    'handler kitchen.boil is declared twice: names are unique over all topics',
  ]);
});

test('every event finds exactly whom it must, or the flaws are listed', () => {
  expect(
    handlerFlaws({ 'egg.laid': topic('kitchen.boil') }, [{ handler: 'kitchen.boil', topic: 'egg.laid' }]),
  ).toEqual([]);
  expect(
    handlerFlaws({ 'egg.laid': topic('kitchen.boil') }, [{ handler: 'kitchen.boil', topic: 'egg.sold' }]),
  ).toEqual([
    'handler kitchen.boil of egg.laid is provided 0 times instead of once',
    'handler kitchen.boil of egg.sold is not declared in the topics',
  ]);
});
