/** `desk-phone-t31:2,card:1`. */
export const basketOf = (text: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    text.split(',').flatMap((part) => {
      const [id = '', count = ''] = part.split(':');
      return /^[\w-]+$/.test(id) && /^\d{1,3}$/.test(count) && Number(count) > 0 ? [[id, Number(count)]] : [];
    }),
  );

export const textOf = (basket: Readonly<Record<string, number>>): string =>
  Object.entries(basket)
    .filter(([, count]) => count > 0)
    .map(([id, count]) => `${id}:${count}`)
    .join(',');
