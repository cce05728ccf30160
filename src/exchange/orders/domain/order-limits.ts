/** Nobody may use us to ring strangers (docs/call-orders.md): so many orders within so many seconds. */
export interface OrderLimit {
  readonly orders: number;
  readonly seconds: number;
}

/** That ring one telephone number, whoever asks. */
export const PER_NUMBER: readonly OrderLimit[] = [
  { orders: 3, seconds: 600 },
  { orders: 8, seconds: 86_400 },
];
/** Of one account, to telephone numbers; the house's own asks for everybody. */
export const TO_NUMBERS: OrderLimit = { orders: 60, seconds: 3_600 };
export const TO_NUMBERS_OF_HOUSE: OrderLimit = { orders: 1_200, seconds: 3_600 };
/** Of the house's calls those that one account asked for (codes): it cannot use up what is there for all … */
export const OF_ASKER: readonly OrderLimit[] = [
  { orders: 10, seconds: 3_600 },
  { orders: 30, seconds: 86_400 },
];
/** … and when half of that is used up, many accounts of one person can't either: whoever has had a call waits an hour. */
export const SCARCE_OF_HOUSE = 600;
/** Of one account in all. */
export const IN_ALL: OrderLimit = { orders: 60, seconds: 60 };
export const IN_ALL_OF_HOUSE: OrderLimit = { orders: 600, seconds: 60 };

/** An exchange begins so many a second; more wait their turn. */
export const PER_SECOND = 20;

/** An order is not kept for longer. */
export const LONGEST_WAIT_SECONDS = 3_600;
