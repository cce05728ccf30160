import { Column, type ColumnOptions, type ValueTransformer } from 'typeorm';

/** `int8` ↔ bigint, exact in both directions (pg hands `int8` out as text). */
export const bigintTransformer: ValueTransformer = {
  to: (value: bigint | null | undefined) => value?.toString() ?? value,
  from: (value: string | null | undefined) => (typeof value === 'string' ? BigInt(value) : value),
};

/** An amount of money in micro-units, beside a `char(3)` currency column. A number in code is a compile error: the type is bigint. */
export const MicrosColumn = (options: Omit<ColumnOptions, 'type' | 'transformer'> = {}): PropertyDecorator =>
  Column({ ...options, type: 'bigint', transformer: bigintTransformer });

export const CurrencyColumn = (options: Omit<ColumnOptions, 'type' | 'length'> = {}): PropertyDecorator =>
  Column({ ...options, type: 'char', length: 3 });
