import { type Column, LEFT, PdfPage, RIGHT } from '../../billing/index.js';
import { formatAmount, formatMoney, money } from '../../kernel/money.js';
import type { Language } from '../languages.js';
import type { BillingAddress, Order } from '../orders/orders.rows.js';

export interface Receipt {
  readonly order: Order;
  readonly seller: BillingAddress;
  readonly what: string;
  readonly paidOn: Date;
  /** Names of goods by id. */
  readonly titles: ReadonlyMap<string, string>;
}

const labels: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    receipt: 'Receipt',
    number: 'Order',
    paid: 'Paid on',
    what: 'What',
    count: 'Count',
    amount: 'Amount',
    setup: 'Set-up fee',
    period: 'First year',
    'branch-setup': 'Further countries, set-up fee',
    'branch-period': 'Further countries, first year',
    net: 'Sum without tax',
    total: 'Paid',
    taxId: 'Tax id',
  },
  ko: {
    receipt: '영수증',
    number: '주문',
    paid: '결제일',
    what: '내역',
    count: '수량',
    amount: '금액',
    setup: '가입비',
    period: '첫 해 이용료',
    'branch-setup': '추가 국가 가입비',
    'branch-period': '추가 국가 첫 해 이용료',
    net: '공급가액',
    total: '결제 금액',
    taxId: '사업자등록번호',
  },
  ja: {
    receipt: '領収書',
    number: 'ご注文',
    paid: 'お支払い日',
    what: '内容',
    count: '数量',
    amount: '金額',
    setup: '初期費用',
    period: '初年度料金',
    'branch-setup': '追加の国の初期費用',
    'branch-period': '追加の国の初年度料金',
    net: '税抜金額',
    total: 'お支払い金額',
    taxId: '登録番号',
  },
};

const sides: readonly Column[] = [
  { x: LEFT, width: 240, align: 'left' },
  { x: 305, width: 240, align: 'left' },
];
const facts: readonly Column[] = [
  { x: LEFT, width: 110, align: 'left' },
  { x: 165, width: 380, align: 'left' },
];
const sums: readonly Column[] = [
  { x: LEFT, width: 330, align: 'left' },
  { x: 385, width: 50, align: 'right' },
  { x: 440, width: RIGHT - 440, align: 'right' },
];

/** The receipt in the buyer's language; the same bytes however often it is written. */
export async function receiptPdf({ order, seller, what, paidOn, titles }: Receipt): Promise<Buffer> {
  const words = labels[order.language];
  const say = (key: string): string => words[key] ?? titles.get(key) ?? key;
  const page = new PdfPage({ title: `${say('receipt')} ${order.id}`, author: seller.name, created: paidOn });
  const chunks: Buffer[] = [];
  const written = new Promise<Buffer>((resolve, reject) => {
    page.stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    page.stream.on('end', () => resolve(Buffer.concat(chunks)));
    page.stream.on('error', reject);
  });
  page.heading(say('receipt'));
  const [to, from] = [lines(order.billing, say('taxId')), lines(seller, say('taxId'))];
  for (let at = 0; at < Math.max(to.length, from.length); at++)
    page.row([to[at] ?? '', from[at] ?? ''], sides);
  page.down(10);
  page.row([say('number'), order.id], facts);
  page.row([say('paid'), paidOn.toISOString().slice(0, 10)], facts);
  page.title(what);
  page.row([say('what'), say('count'), say('amount')], sums);
  for (const { about, count, micros } of order.lines)
    page.row([say(about), String(count), formatAmount(money(BigInt(micros), order.total.currency))], sums);
  page.rule();
  const { name, ppm, country, note } = order.appliedTax;
  page.row([say('net'), '', formatAmount(order.net)], sums);
  page.row([`${name} ${ppm / 10_000} % (${country})`, '', formatAmount(order.tax)], sums);
  page.row([say('total'), '', formatMoney(order.total)], sums);
  if (note !== null) page.row([note], [{ x: LEFT, width: RIGHT - LEFT, align: 'left' }]);
  page.stream.end();
  return written;
}

const lines = (of: BillingAddress, taxId: string): readonly string[] => [
  of.name,
  of.street,
  `${of.postcode} ${of.city}`,
  of.country,
  ...(of.taxId === null ? [] : [`${taxId}: ${of.taxId}`]),
];
