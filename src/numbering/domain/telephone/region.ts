/** ISO 3166-1 alpha-2, upper case: `KR`. What libphonenumber calls a country. */
export type Region = string;

/** The three-digit country field of our numbers: the E.164 calling code, zero-padded (`082`). */
export type Ccc = string;

/** E.164 with its plus sign: `+82262006200`. */
export type E164 = string;
