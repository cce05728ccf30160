/** `goods,serial` a line, as they come from a hand scanner. */
export const serialsOf = (text: string): readonly { readonly goods: string; readonly serial: string }[] =>
  text.split('\n').flatMap((line) => {
    const [goods = '', serial = ''] = line.split(/[,;\t]/).map((part) => part.trim());
    return goods === '' || serial === '' ? [] : [{ goods, serial }];
  });
