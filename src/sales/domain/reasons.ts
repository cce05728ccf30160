import type { SaleRefusal, SaleWarning } from '../../numbering/index.js';

export type ReasonCode = Exclude<SaleRefusal['code'], 'taken'> | 'not-available';
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}
type Language = 'en' | 'ko' | 'ja';

const texts: Readonly<Record<ReasonCode, Readonly<Record<Language, string>>>> = {
  'not-available': {
    en: 'This number is not available.',
    ko: '사용할 수 없는 번호입니다.',
    ja: 'この番号はご利用いただけません。',
  },
  malformed: {
    en: 'This is not a number of that kind.',
    ko: '번호 형식이 맞지 않습니다.',
    ja: '番号の形式が正しくありません。',
  },
  'unknown-ccc': {
    en: 'There is no such country code.',
    ko: '없는 국가 번호입니다.',
    ja: 'その国番号はありません。',
  },
  'not-national-format': {
    en: 'This is not a telephone number of that country.',
    ko: '해당 국가의 전화번호가 아닙니다.',
    ja: 'その国の電話番号ではありません。',
  },
  'no-identifier-code': {
    en: 'This is not in a range that we issue numbers from.',
    ko: '발급하는 번호 범위가 아닙니다.',
    ja: '当社が発行する番号の範囲ではありません。',
  },
  'telephone-number': {
    en: 'Dialled with the country code, these digits call a telephone.',
    ko: '국가 번호와 함께 누르면 다른 전화로 연결되는 번호입니다.',
    ja: '国番号を付けてかけると別の電話につながる番号です。',
  },
  'emergency-code': {
    en: 'These digits are an emergency or short code.',
    ko: '긴급 번호 또는 단축 번호와 겹칩니다.',
    ja: '緊急番号または短縮番号と重なります。',
  },
  'feature-code': {
    en: 'These digits are a code of a service.',
    ko: '서비스 기능 코드와 겹칩니다.',
    ja: 'サービスの機能番号と重なります。',
  },
};

export const reason = (code: ReasonCode, language: Language): Reason => ({
  code,
  text: texts[code][language],
});

/** Why a number is refused, each reason once, never telling who has it. */
export function reasonsFor(refusals: readonly SaleRefusal[], language: Language): readonly Reason[] {
  const codes = refusals.map(({ code }): ReasonCode => (code === 'taken' ? 'not-available' : code));
  return [...new Set(codes)].map((code) => reason(code, language));
}

/** What a buyer is warned of and the order keeps. */
export const warningsView = (warnings: readonly SaleWarning[]) =>
  warnings.map(({ code, text, countries }) => ({ code, text, countries }));
