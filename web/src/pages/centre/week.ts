/** Days as the server counts them, Monday is 1, by their short names in that language. */
export const dayNames = (reader: string) =>
  Array.from({ length: 7 }, (_, index) => ({
    day: index + 1,
    // The fifth of January 1970 was a Monday.
    name: new Date(Date.UTC(1970, 0, 5 + index)).toLocaleDateString(reader, {
      weekday: 'short',
      timeZone: 'UTC',
    }),
  }));
