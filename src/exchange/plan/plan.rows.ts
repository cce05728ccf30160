import { TableRows } from '../../infra/db/table-rows.js';

export interface FeatureCodeView {
  readonly code: string;
  readonly feature: string;
  readonly argument: 'none' | 'optional' | 'required';
  readonly enabled: boolean;
}
export const FEATURE_CODES = new TableRows<FeatureCodeView>(
  'feature_code',
  ['code'],
  ['code', 'feature', 'argument', 'enabled'],
);

export interface IdentifierCodeView {
  readonly country: string;
  readonly code: string;
  readonly minLength: number;
  readonly maxLength: number;
}
export const IDENTIFIER_CODES = new TableRows<IdentifierCodeView>(
  'identifier_code',
  ['country', 'code'],
  ['country', 'code', 'minLength', 'maxLength'],
);

export interface ShortCodeView {
  readonly country: string;
  readonly dialled: string;
  readonly number: string;
  readonly service: string;
}
export const SHORT_CODES = new TableRows<ShortCodeView>(
  'short_code',
  ['country', 'dialled'],
  ['country', 'dialled', 'number', 'service'],
);

export interface SettingView {
  readonly name: string;
  readonly value: unknown;
}
export const ROUTING_SETTINGS = new TableRows<SettingView>('routing_setting', ['name'], ['name', 'value']);
