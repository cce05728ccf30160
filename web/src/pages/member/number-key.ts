/** The key of a number in paths, from how it is written: `02-6200-6200-082` is 0262006200082, `6200-6200#082` is 62006200#. */
export const keyOf = (shown: string): string => shown.replace(/#.*$/, '#').replace(/[^0-9#]/g, '');
