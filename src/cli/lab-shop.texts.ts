/** What the demo world's shop says, in the languages that it speaks. */
export const TEXTS = [
  {
    id: 'what-it-is',
    title: { en: 'One number for the whole world', ko: '전 세계 하나의 번호', ja: '世界でひとつの番号' },
    body: {
      en: 'A personal number is your own telephone number with your country’s code behind it: 02-6200-6200-082. A company has one number everywhere: 6200-6200#082 rings in Korea, 6200-6200#001 in the United States.',
      ko: '개인 번호는 쓰시던 전화번호 뒤에 국가 번호를 붙인 번호입니다: 02-6200-6200-082. 회사는 전 세계에서 같은 번호를 씁니다: 6200-6200#082는 한국, 6200-6200#001은 미국 지사로 연결됩니다.',
      ja: '個人番号は、お使いの電話番号の後に国番号を付けた番号です(02-6200-6200-082)。会社は世界中で同じ番号を使います。6200-6200#082 は韓国、6200-6200#001 は米国の支店につながります。',
    },
  },
  {
    id: 'how-to-buy',
    title: { en: 'How to buy', ko: '구매 방법', ja: 'ご購入の流れ' },
    body: {
      en: 'Look whether the number is free, have it held for you, fill in the form, prove that the telephone is yours, make your final selection and pay. Then the number is yours and works at once.',
      ko: '번호가 비어 있는지 확인하고 예약한 뒤, 신청서를 작성하고 전화번호 소유를 확인합니다. 최종 선택과 결제가 끝나면 바로 사용할 수 있습니다.',
      ja: '番号が空いているか確認して取り置き、申込書を記入し、電話番号の所有を確認します。最終選択とお支払いが済むと、すぐにご利用いただけます。',
    },
  },
  {
    id: 'what-it-costs',
    title: { en: 'What it costs', ko: '요금', ja: '料金' },
    body: {
      en: 'A set-up fee once, and a fee by the month or by the year. Calls between our members are free; other calls are charged by the price list. Easy and short numbers cost more to set up.',
      ko: '가입비 한 번과 월 또는 연 이용료가 있습니다. 회원 간 통화는 무료이고, 그 밖의 통화는 요금표에 따릅니다. 외우기 쉬운 번호와 짧은 번호는 가입비가 더 높습니다.',
      ja: '初期費用と、月額または年額の料金がかかります。会員どうしの通話は無料、その他の通話は料金表のとおりです。覚えやすい番号や短い番号は初期費用が高くなります。',
    },
  },
  {
    id: 'how-to-dial',
    title: { en: 'How it is dialled', ko: '거는 방법', ja: 'かけ方' },
    body: {
      en: 'From one of our telephones dial the number as it is written; where the telephone sends at #, use * instead. Ordinary numbers, other companies’ numbers, e-mail addresses and domains can be dialled, too.',
      ko: '저희 전화기에서 적힌 그대로 누르십시오. #이 발신 키인 전화기에서는 대신 *를 누릅니다. 일반 전화번호, 다른 회사의 번호, 이메일 주소와 도메인으로도 걸 수 있습니다.',
      ja: '当社の電話機から、書かれているとおりにかけてください。# が発信キーの電話機では代わりに * を使います。一般の電話番号、他社の番号、メールアドレス、ドメインにもかけられます。',
    },
  },
  {
    id: 'terms',
    title: { en: 'Terms of service', ko: '이용약관', ja: '利用規約' },
    body: {
      en: 'This is a demonstration; its operator writes the terms here.\n\nA number is yours as long as its fee is paid. You may give it up or pass it on at any time. Calls are charged by the price list. Emergency calls are free and always possible.',
      ko: '이것은 시연용이며 운영자가 여기에 약관을 씁니다.\n\n이용료를 내는 동안 번호는 회원님의 것입니다. 언제든지 반납하거나 양도할 수 있습니다. 통화는 요금표에 따릅니다. 긴급 통화는 무료이며 항상 가능합니다.',
      ja: 'これはデモです。運営者がここに規約を書きます。\n\n料金が支払われている間、番号はお客様のものです。いつでも返却や譲渡ができます。通話料は料金表のとおりです。緊急通報は無料で、いつでも可能です。',
    },
  },
  {
    id: 'privacy',
    title: { en: 'Privacy notice', ko: '개인정보 처리방침', ja: 'プライバシー通知' },
    body: {
      en: 'We keep what a telephone service needs: who you are, what is yours, whom you called, and what it cost. Sensitive data is kept encrypted.\n\nIn your account settings you can take all of it with you, or have it erased; invoices and call records are kept by law, without your name.',
      ko: '전화 서비스에 필요한 것만 보관합니다: 회원 정보, 번호와 기기, 통화 내역과 요금. 민감한 정보는 암호화하여 보관합니다.\n\n계정 설정에서 모두 내려받거나 삭제할 수 있습니다. 청구서와 통화 기록은 법에 따라 이름 없이 보관됩니다.',
      ja: '電話サービスに必要なもの（お客様の情報、番号と端末、通話履歴と料金）だけを保管します。機微な情報は暗号化して保管します。\n\nアカウント設定で、すべてをダウンロードしたり、消去したりできます。請求書と通話記録は法律により、お名前なしで保管されます。',
    },
  },
] as const;

export const titles = {
  own: {
    title: { en: 'Keep my number', ko: '내 번호 그대로', ja: '今の番号をそのまま' },
    body: {
      en: 'Your telephone number becomes your number for the whole world. We call you once to prove that it is yours.',
      ko: '쓰시던 전화번호가 전 세계에서 쓰는 번호가 됩니다. 본인 번호인지 확인하는 전화를 한 번 드립니다.',
      ja: 'お使いの電話番号が世界で使える番号になります。ご本人の番号か、一度お電話で確認します。',
    },
  },
  issued: {
    title: { en: 'A new personal number', ko: '새 개인 번호', ja: '新しい個人番号' },
    body: {
      en: 'A number of our own range, for whoever has no telephone number or does not want to show it.',
      ko: '전화번호가 없거나 공개하고 싶지 않은 분을 위한 저희의 번호입니다.',
      ja: '電話番号をお持ちでない方、公開したくない方のための、当社の番号です。',
    },
  },
  company: {
    title: { en: 'A company number', ko: '회사 번호', ja: '会社の番号' },
    body: {
      en: 'One number for all your branches: the caller’s country decides who answers.',
      ko: '모든 지사가 함께 쓰는 하나의 번호입니다. 발신 국가에 따라 받는 지사가 정해집니다.',
      ja: 'すべての支店でひとつの番号です。かけた方の国によって、出る支店が決まります。',
    },
  },
};

interface LabGoods {
  readonly id: string;
  readonly kind: 'phone' | 'ata' | 'card';
  readonly vendor?: string;
  readonly dollars: bigint;
  readonly title: { readonly en: string; readonly ko: string; readonly ja: string };
  readonly body: { readonly en: string; readonly ko: string; readonly ja: string };
}

export const GOODS: readonly LabGoods[] = [
  {
    id: 'desk-phone-t31',
    kind: 'phone',
    vendor: 'yealink',
    dollars: 55n,
    title: { en: 'Desk telephone T31', ko: '탁상 전화기 T31', ja: '卓上電話機 T31' },
    body: { en: 'Two lines, large keys.', ko: '2회선, 큰 버튼.', ja: '2回線、大きなボタン。' },
  },
  {
    id: 'ata-ht801',
    kind: 'ata',
    vendor: 'grandstream-ht',
    dollars: 35n,
    title: { en: 'Adapter HT801', ko: '어댑터 HT801', ja: 'アダプター HT801' },
    body: {
      en: 'Makes your old telephone one of ours.',
      ko: '쓰시던 전화기를 그대로 쓸 수 있습니다.',
      ja: 'お手持ちの電話機がそのまま使えます。',
    },
  },
  {
    id: 'flash-card',
    kind: 'card',
    dollars: 5n,
    title: { en: 'Flash card', ko: '플래시 카드', ja: 'フラッシュカード' },
    body: {
      en: 'Take your number with you: put it into any of our terminals.',
      ko: '어느 단말기에서나 내 번호를 쓸 수 있습니다.',
      ja: 'どの端末でもご自分の番号が使えます。',
    },
  },
];

/** Some telephones and adapters in stock. Cards come into stock when they are made: their numbers are secret till then. */
export function labPieces(): readonly (readonly [goods: string, serial: string])[] {
  const macs = (goods: string, prefix: string, count: number) =>
    Array.from(
      { length: count },
      (_, at) => [goods, `${prefix}${at.toString(16).padStart(6, '0')}`] as const,
    );
  return [...macs('desk-phone-t31', '001565', 40), ...macs('ata-ht801', '000b82', 4)];
}
