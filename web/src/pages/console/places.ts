/** ISO 3166-1: alpha-2 to numeric, which is what the atlas calls a country by. */
const NUMERIC =
  'AF004AL008DZ012AO024AQ010AR032AM051AU036AT040AZ031BS044BH048BD050BY112BE056BZ084BJ204BT064BO068BA070BW072BR076BN096BG100BF854BI108' +
  'KH116CM120CA124CF140TD148CL152CN156CO170CG178CD180CR188CI384HR191CU192CY196CZ203DK208DJ262DO214EC218EG818SV222GQ226ER232EE233SZ748' +
  'ET231FK238FJ242FI246FR250GA266GM270GE268DE276GH288GR300GL304GT320GN324GW624GY328HT332HN340HU348IS352IN356ID360IR364IQ368IE372IL376' +
  'IT380JM388JP392JO400KZ398KE404KP408KR410KW414KG417LA418LV428LB422LS426LR430LY434LT440LU442MG450MW454MY458ML466MR478MX484MD498MN496' +
  'ME499MA504MZ508MM104NA516NP524NL528NC540NZ554NI558NE562NG566MK807NO578OM512PK586PS275PA591PG598PY600PE604PH608PL616PT620PR630QA634' +
  'RO642RU643RW646SA682SN686RS688SL694SK703SI705SB090SO706ZA710SS728ES724LK144SD729SR740SE752CH756SY760TW158TJ762TZ834TH764TL626TG768' +
  'TT780TN788TR792TM795UG800UA804AE784GB826US840UY858UZ860VU548VE862VN704YE887ZM894ZW716';

const numeric = new Map(
  [...NUMERIC.matchAll(/([A-Z]{2})(\d{3})/g)].map(([, code = '', id = '']) => [code, id]),
);

/** Longitude and latitude of what is too small for the atlas, and of capitals where a country's middle is far from its people. */
const POINTS: Readonly<Record<string, readonly [number, number]>> = {
  SG: [103.8, 1.35],
  HK: [114.2, 22.3],
  MO: [113.5, 22.2],
  MT: [14.4, 35.9],
  MU: [57.6, -20.3],
  MV: [73.5, 4.2],
  MC: [7.4, 43.7],
  LI: [9.5, 47.2],
  US: [-98.5, 39.5],
  CA: [-95, 52],
  RU: [60, 58],
  FR: [2.5, 46.6],
  NO: [9, 61],
};

export const atlasIdOf = (country: string): string | undefined => numeric.get(country);
export const pointOf = (country: string): readonly [number, number] | undefined => POINTS[country];

/** Several at one place stand beside each other: how far the n-th of `count` is moved, in pixels. */
export function spread(place: number, count: number): readonly [number, number] {
  if (count === 1) return [0, 0];
  const angle = (2 * Math.PI * place) / count - Math.PI / 2;
  const radius = 9 + count;
  return [Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))];
}
