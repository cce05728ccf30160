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
export const TO_NUMBERS_OF_HOUSE: OrderLimit = { orders: 600, seconds: 3_600 };
/** Of one account in all. */
export const IN_ALL: OrderLimit = { orders: 60, seconds: 60 };
export const IN_ALL_OF_HOUSE: OrderLimit = { orders: 600, seconds: 60 };

/** An exchange begins so many a second; more wait their turn. */
export const PER_SECOND = 20;

/** An order is not kept for longer. */
export const LONGEST_WAIT_SECONDS = 3_600;
