import type { Examples } from '../infra/http/openapi/answers.js';

/** What the API's description shows, by the name of a property, where the property allows it. */
const values: Examples['values'] = {
  name: 'Mina Kim',
  url: 'https://crm.example.com/anydial',
  email: 'mina@example.com',
  language: 'ko',
  country: 'KR',
  currency: 'KRW',
  amount: '1000000',
  number: '02-6200-6200-082',
  label: 'kitchen',
  locationNumber: '+82262006200',
  prefix: '49',
  trunkId: 'gw-de',
  cost: '0.011',
  timeZone: 'Asia/Seoul',
  host: '127.0.0.24',
  createdAt: '2026-11-27T09:00:00.000Z',
  /** After what is shown as "from". */
  to: '2026-12-27T09:00:00.000Z',
  zone: 'Asia/Seoul',
  code: '428571',
  token: 'nb4XwQ7c2TjR0mVyS9eLkA',
  mac: '80:5e:c0:12:34:56',
  iban: 'DE89370400440532013000',
  pin: '428571',
  password: 'correct horse battery staple',
  region: 'KR',
  nextCursor: null,
  reason: 'asked for by telephone',
  note: 'asked for by telephone',
};

/** By `<class>.<method>`: where several values must agree, or a rule is more than a pattern. */
const bodies: Examples['bodies'] = {
  'BansController.add': { address: '203.0.113.9', reason: 'scans every night', hours: 24 },
  'CasesController.change': { version: 3, subject: 'The kitchen telephone is silent' },
  'DispositionsController.put': { label: { en: 'Will call back', ko: '다시 전화함' } },
  'ImportsController.create': { kind: 'do-not-call', source: 'november.csv' },
  'PartiesController.rate': { from: 'EUR', to: 'KRW', day: '2026-11-27', rate: '1620.55', source: 'ECB' },
  'PauseReasonsController.put': { label: { en: 'Lunch', ko: '점심' } },
  'ProofsController.begin': { kind: 'telephone', subject: '+82262006200' },
  'PushController.add': {
    endpoint: 'https://push.example.com/v2/4f1c',
    keys: { p256dh: `B${'N'.repeat(86)}`, auth: 'k8JV6sjdbhAi1n3_LDBLvA' },
  },
  'SettlementsController.decide': {
    state: 'settled-at-ours',
    kind: 'rate-differs',
    note: 'within the contract',
  },
  'ShopDeskController.put': {
    kind: 'person',
    form: 'own-telephone',
    country: 'KR',
    title: { en: 'Your own number' },
    body: { en: 'One number, everywhere.' },
    currency: 'KRW',
    prices: { plain: { setup: '10000', monthly: '5000', yearly: '50000' } },
  },
  'MeController.confirmEmail': { code: 'K7QP-3XNA' },
  'SignUpController.confirm': { code: 'K7QP-3XNA' },
  'SignUpController.confirmReset': { code: 'K7QP-3XNA', password: 'another good one' },
  'SignUpController.signUp': {
    email: 'mina@example.com',
    password: 'correct horse battery staple',
    consents: [
      { purpose: 'terms', version: '2026-01' },
      { purpose: 'privacy', version: '2026-01' },
    ],
  },
  'PublicTerminalController.start': {
    card: { number: '620062000821', pin: '428571' },
    place: { country: 'KR', locationNumber: '+82262006200' },
  },
  'TerminalController.putIn': { number: '620062000821', pin: '428571' },
  'TrunkHealthController.test': { e164: '+82262001234', language: 'ko' },
  'TrunksController.create': {
    id: 'gw-de',
    name: 'Frankfurt',
    kind: 'gateway',
    country: 'DE',
    host: '127.0.0.24',
    calledFormat: { form: 'national' },
    callingFormat: { form: 'international', prefix: '00' },
    defaultCli: '+496930000000',
    maxCalls: 30,
  },
};

/** Of query parameters whose text is read further. */
const queries: Examples['queries'] = {
  countries: 'KR,US',
  mapping: '{"Code":"prefix"}',
  periods: '[]',
};

const files: Examples['files'] = {
  'text/csv': 'prefix,trunk,cost,currency\r\n49,gw-de,0.011,EUR\r\n',
  'application/x-ndjson': '{"prefix":"49","trunk":"gw-de","cost":"0.011","currency":"EUR"}\n',
  'text/plain': '# HELP anydial_calls_total calls that have ended\nanydial_calls_total{state="ended"} 7\n',
  'text/xml': '<?xml version="1.0" encoding="UTF-8"?>\n<settings><phone-lang>ko</phone-lang></settings>\n',
  'application/xml':
    '<?xml version="1.0" encoding="UTF-8"?>\n<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>\n',
  'application/pdf': '%PDF-1.7 …',
  'audio/wav': 'RIFF….WAVEfmt …',
  'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"></svg>',
  'text/vcard': 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Mina Kim\r\nEND:VCARD\r\n',
  'text/event-stream': 'id: 42\nevent: call.changed\ndata: {"id":"01a21e35-7a89-785e-b569-93bc5914c836"}\n\n',
};

export const examples: Examples = { values, bodies, queries, files };
