import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EVERY, PageTopics } from '../../infra/http/events/page-topics.js';
import type { Principal } from '../../infra/http/principal.js';

/** Pages follow orders live: `orders` one's own and one's company's, `shop-orders` all. Told by the trigger of `order_move`. */
@Injectable()
export class OrderTopic implements OnModuleInit {
  constructor(private readonly topics: PageTopics) {}

  onModuleInit(): void {
    this.topics.add(
      { name: 'orders', policy: 'shop.buy', hear: ownKeys },
      { name: 'shop-orders', policy: 'shop.oversee', hear: all },
    );
  }
}

function ownKeys({ accountId, companyId, memberId, roles }: Principal, asked: string | undefined) {
  if (asked !== undefined) return undefined;
  const company = companyId !== null && roles.includes('company-admin') ? [companyId] : [];
  return [accountId, ...company, ...(memberId === null ? [] : [memberId])];
}

const all = ({ companyId }: Principal, asked: string | undefined) =>
  companyId === null && asked === undefined ? EVERY : undefined;
