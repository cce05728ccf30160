import { type Failure, failure } from '../../kernel/result.js';

export const orderUnknown = (id: string): Failure =>
  failure('call-order.not-found', `There is no call order ${id}.`, {
    hint: 'orders are known as soon as they are placed',
  });

export const noHouse = (): Failure =>
  failure('call-order-house.not-found', "No account is the house's own yet.", {
    hint: 'PUT /v1/call-orders/house names a company',
  });

export const phoneUnknown = (id: string): Failure =>
  failure('phone.not-found', `The member has no enabled phone ${id}.`, {
    hint: 'GET /v1/members/<id>/devices lists them',
  });
