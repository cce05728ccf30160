import type { Currency } from '../kernel/money.js';
import { divideRounded } from '../kernel/rounding.js';
import { rate } from './domain/rating.js';
import type { TariffDesk } from './tariff-desk.service.js';

/** By what a call that goes on is priced, in micro-units of the payer's currency: what was talked so far can be told without asking again. */
export interface PriceNow {
  readonly currency: Currency;
  readonly destination: string;
  readonly connectFee: string;
  readonly perMinute: string;
  readonly firstMs: number;
  readonly nextMs: number;
  readonly minimumMs: number;
  readonly freeMs: number;
}

/** Undefined where nothing is charged, or nobody knows. An estimate: hours that begin while it goes on count on the bill only. */
export async function priceNow(
  desk: Pick<TariffDesk, 'tariffOf'>,
  memberId: string,
  {
    e164,
    onNet,
    answeredAt,
  }: { readonly e164: string; readonly onNet: boolean; readonly answeredAt: number },
): Promise<PriceNow | undefined> {
  const tariff = await desk.tariffOf(memberId, answeredAt);
  if (typeof tariff === 'string') return undefined;
  const { deck, conversion } = tariff;
  const rated = rate(deck, { e164, onNet, answeredAt, durationMs: 1 }, conversion);
  if (rated.kind !== 'rated') return undefined;
  const { destination, connectFee, perMinute, firstMs, nextMs, minimumMs, freeMs } = rated.rate;
  const inPayers = (micros: bigint) =>
    String(divideRounded(micros * conversion.numerator, conversion.denominator, 'half-up'));
  return {
    currency: conversion.to,
    destination,
    connectFee: inPayers(connectFee),
    perMinute: inPayers(perMinute),
    firstMs,
    nextMs,
    minimumMs,
    freeMs,
  };
}
