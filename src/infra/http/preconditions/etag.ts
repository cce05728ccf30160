/** Whether `If-Match` names the tag (RFC 9110, 13.1.1): `*`, or a list of strong tags. A weak one never matches. */
export const matches = (wanted: string, current: string): boolean =>
  wanted.trim() === '*' ||
  (!current.startsWith('W/') && wanted.split(',').some((one) => one.trim() === current));
