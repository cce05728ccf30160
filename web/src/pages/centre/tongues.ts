/** Languages that centres serve most; any other is chosen by its short tag over REST. */
const tongues =
  'ar bn cs da de el en es fi fr he hi hu id it ja km ko ms my ne nl no pl pt ro ru sv ta th tl tr uk ur uz vi zh'.split(
    ' ',
  );

export const languageChoices = (nameOf: (tag: string) => string) =>
  tongues
    .map((value) => ({ value, label: nameOf(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
