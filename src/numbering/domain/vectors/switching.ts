import type { NumberFormat } from '../switching/number-format.js';

type Switched = readonly [e164: string, format: NumberFormat, country: string, written: string];

/** By hand from number-plan.md's definitions. */
export const SWITCHED: readonly Switched[] = [
  ['+82262006200', { form: 'e164plus' }, 'KR', '+82262006200'],
  ['+82262006200', { form: 'e164' }, 'KR', '82262006200'],
  ['+82262006200', { form: 'national' }, 'KR', '0262006200'],
  ['+82262006200', { form: 'national' }, 'US', '01182262006200'],
  ['+82262006200', { form: 'national' }, 'JP', '01082262006200'],
  ['+82262006200', { form: 'national' }, 'DE', '0082262006200'],
  ['+82262006200', { form: 'international', prefix: '001' }, 'KR', '00182262006200'],
  ['+82262006200', { form: 'international', prefix: '00700' }, 'US', '0070082262006200'],
  ['+82262006200', { form: 'carrier', strip: 2, prepend: '9910#' }, 'KR', '9910#262006200'],
  ['+82262006200', { form: 'carrier', strip: 0, prepend: '' }, 'KR', '82262006200'],
  ['+82262006200', { form: 'keep' }, 'KR', '+82262006200'],
  ['+12128675309', { form: 'national' }, 'US', '2128675309'],
  ['+14165550123', { form: 'national' }, 'US', '4165550123'],
  ['+12128675309', { form: 'national' }, 'KR', '00112128675309'],
  ['+81354671212', { form: 'national' }, 'JP', '0354671212'],
  ['+442079460082', { form: 'national' }, 'US', '011442079460082'],
  ['+441481256789', { form: 'national' }, 'GB', '01481256789'],
  ['+80012345678', { form: 'national' }, 'KR', '00180012345678'],
];

/**
 * National forms as the countries themselves write them: numbers of public institutions as on their own pages at home,
 * and numbers that regulators set aside for fiction.
 */
export const NATIONAL: readonly (readonly [
  e164: string,
  country: string,
  written: string,
  source: string,
])[] = [
  ['+41227305111', 'CH', '0227305111', 'ITU, Geneva'],
  ['+390657051', 'IT', '0657051', 'FAO, Rome: the 0 belongs to the number'],
  ['+33145681000', 'FR', '0145681000', 'UNESCO, Paris'],
  ['+43126060', 'AT', '0126060', 'UN, Vienna'],
  ['+31703022323', 'NL', '0703022323', 'ICJ, The Hague'],
  ['+12129631234', 'US', '2129631234', 'UN, New York'],
  ['+81354671212', 'JP', '0354671212', 'UNU, Tokyo'],
  ['+254207621234', 'KE', '0207621234', 'UN, Nairobi'],
  ['+6622881234', 'TH', '022881234', 'ESCAP, Bangkok'],
  ['+56222102000', 'CL', '222102000', 'ECLAC, Santiago: no trunk prefix since 2013'],
  ['+85229268200', 'HK', '29268200', 'Hong Kong Observatory: no area codes'],
  ['+74957705555', 'RU', '84957705555', 'trunk prefix 8'],
  ['+3612345678', 'HU', '0612345678', 'trunk prefix 06 (NMHH)'],
  ['+5511961234567', 'BR', '11961234567', 'the 0 comes with a carrier code'],
  ['+5491123456789', 'AR', '01115' + '23456789', 'mobiles: 9 abroad, 15 at home (ENACOM)'],
  ['+442079460082', 'GB', '02079460082', 'Ofcom, numbers for drama'],
];
