import { but, type Ends, type Parts, plain, textOf } from './build.js';

/** Names are those of RFC 4475's sections; each message has the property that its section tests, in words of our own. */
type Torture = (ends: Ends) => string | Buffer;

const invite = (name: string, ends: Ends): Parts => plain('INVITE', name, ends);
const options = (name: string, ends: Ends): Parts => plain('OPTIONS', name, ends);
const register = (name: string, ends: Ends): Parts => ({
  ...plain('REGISTER', name, ends),
  start: `REGISTER sip:${ends.to} SIP/2.0`,
});
const start = (parts: Parts, line: string): Parts => ({ ...parts, start: line });
const more = (parts: Parts, ...headers: readonly (readonly [string, string])[]): Parts => ({
  ...parts,
  headers: [...parts.headers, ...headers],
});
const LONG = 'x'.repeat(900);

/** 3.1.1: what a parser has to understand. */
const valid: Readonly<Record<string, Torture>> = {
  wsinv: (ends) =>
    textOf(invite('wsinv', ends))
      .replace('To: ', 'TO :\r\n ')
      .replace('From: ', 'f   :  "J \\\\\\""       \r\n  ')
      .replace('CSeq: 1 INVITE', 'cseq: 0009\r\n  INVITE')
      .replace('Max-Forwards: 70', 'MaX-fOrWaRdS: 0068\r\ns :\r\nUnknown: ;;,,;;,;'),
  intmeth: (ends) =>
    textOf(
      start(
        but(options('intmeth', ends), { CSeq: "139122385 !method0123_*+`.%'~" }),
        `!method0123_*+\`.%'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@${ends.to} SIP/2.0`,
      ),
    ),
  esc01: (ends) =>
    textOf(start(invite('esc01', ends), `INVITE sip:sips%3Auser%40example.com@${ends.to} SIP/2.0`)),
  escnull: (ends) =>
    textOf(
      start(
        but(register('escnull', ends), { To: `<sip:null-%00-null@${ends.to}>` }),
        `REGISTER sip:${ends.to} SIP/2.0`,
      ),
    ),
  esc02: (ends) =>
    textOf(
      start(
        but(options('esc02', ends), {
          CSeq: '29344 RE%47IST%45R',
          From: `"%Z%45" <sip:resource@${ends.to}>;tag=f232jadfj23`,
        }),
        `RE%47IST%45R sip:registrar.${ends.to} SIP/2.0`,
      ),
    ),
  lwsdisp: (ends) => textOf(but(options('lwsdisp', ends), { From: `caller<sip:caller@${ends.to}>;tag=323` })),
  longreq: (ends) =>
    textOf(
      more(
        but(invite('longreq', ends), {
          To: `"${LONG}" <sip:${LONG}@${ends.to}:5060>`,
          'Call-ID': `longreq.${LONG}`,
        }),
        [`Unknown${LONG}`, LONG],
        ['Via', `SIP/2.0/TCP sip33.example.com;branch=z9hG4bK${LONG}`],
      ),
    ),
  dblreq: (ends) => `${textOf(register('dblreq', ends))}${textOf(invite('dblreq2', ends))}`,
  semiuri: (ends) =>
    textOf(start(options('semiuri', ends), `OPTIONS sip:user;par=u%40example.net@${ends.to} SIP/2.0`)),
  transports: (ends) =>
    textOf(
      more(
        options('transports', ends),
        ...['UDP', 'SCTP', 'TLS', 'UNKNOWN', 'TCP'].map((one): [string, string] => [
          'Via',
          `SIP/2.0/${one} t.example.com;branch=z9hG4bK-${one}`,
        ]),
      ),
    ),
  mpart01: (ends) => {
    const body = `--7a9c\r\nContent-Type: text/plain\r\n\r\nhello\r\n--7a9c\r\nContent-Type: application/octet-stream\r\n\r\n\u0000\u0001\u0002\r\n--7a9c--\r\n`;
    return textOf({
      ...but(plain('MESSAGE', 'mpart01', ends), {
        'Content-Type': 'multipart/mixed;boundary="7a9c"',
        'Content-Length': String(Buffer.byteLength(body)),
      }),
      body,
    });
  },
  unreason: (ends) =>
    textOf(start(invite('unreason', ends), 'SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое')),
  noreason: (ends) => textOf(start(invite('noreason', ends), 'SIP/2.0 100 ')),
};

/** 3.1.2: what nobody should accept. */
const invalid: Readonly<Record<string, Torture>> = {
  badinv01: (ends) =>
    textOf(
      but(invite('badinv01', ends), {
        Contact: '"Joe" <sip:joe@example.org>;;;;',
        Via: `SIP/2.0/UDP ${ends.from};;,;,,`,
      }),
    ),
  clerr: (ends) => textOf(but(invite('clerr', ends), { 'Content-Length': '9999' })),
  ncl: (ends) => textOf(but(invite('ncl', ends), { 'Content-Length': '-999' })),
  scalar02: (ends) =>
    textOf(
      more(
        but(register('scalar02', ends), { CSeq: '36893488147419103232 REGISTER', 'Max-Forwards': '300' }),
        ['Expires', '10000000000000000000000000000000000000000'],
      ),
    ),
  scalarlg: (ends) =>
    textOf(
      more(
        but(start(options('scalarlg', ends), 'SIP/2.0 503 Service Unavailable'), {
          CSeq: '9292394834772304023312 OPTIONS',
        }),
        ['Retry-After', '949302838503028349304023988'],
        ['Warning', '1812 overture "In Progress"'],
      ),
    ),
  quotbal: (ends) => textOf(but(invite('quotbal', ends), { To: `"Mr. J. User <sip:j.user@${ends.to}>` })),
  ltgtruri: (ends) => textOf(start(invite('ltgtruri', ends), `INVITE <sip:user@${ends.to}> SIP/2.0`)),
  lwsruri: (ends) => textOf(start(invite('lwsruri', ends), `INVITE sip:user@${ends.to}; lr SIP/2.0`)),
  lwsstart: (ends) => textOf(start(invite('lwsstart', ends), `INVITE  sip:user@${ends.to}  SIP/2.0`)),
  trws: (ends) => textOf(start(options('trws', ends), `OPTIONS sip:remote@${ends.to} SIP/2.0  `)),
  escruri: (ends) =>
    textOf(start(invite('escruri', ends), `INVITE sip:user@${ends.to}?Route=%3Csip:example.com%3E SIP/2.0`)),
  baddate: (ends) => textOf(more(invite('baddate', ends), ['Date', 'Fri, 01 Jan 2010 16:00:00 EST'])),
  regbadct: (ends) =>
    textOf(
      but(register('regbadct', ends), { Contact: `sip:user@${ends.from}?Route=%3Csip:sip.example.com%3E` }),
    ),
  badaspec: (ends) =>
    textOf(but(options('badaspec', ends), { To: `"Watson, Thomas" < sip:t.watson@${ends.to} >` })),
  baddn: (ends) =>
    textOf(but(options('baddn', ends), { From: `Bell, Alexander <sip:a.g.bell@${ends.to}>;tag=43` })),
  badvers: (ends) => textOf(start(options('badvers', ends), `OPTIONS sip:t.watson@${ends.to} SIP/7.0`)),
  mismatch01: (ends) => textOf(but(options('mismatch01', ends), { CSeq: '8 INVITE' })),
  mismatch02: (ends) =>
    textOf(
      but(start(options('mismatch02', ends), `NEWMETHOD sip:user@${ends.to} SIP/2.0`), { CSeq: '8 INVITE' }),
    ),
  bigcode: (ends) =>
    textOf(start(options('bigcode', ends), 'SIP/2.0 4294967301 better not break the receiver')),
};

/** 3.2 to 3.4: transactions, applications, the old SIP. */
const semantic: Readonly<Record<string, Torture>> = {
  badbranch: (ends) =>
    textOf(but(options('badbranch', ends), { Via: `SIP/2.0/UDP ${ends.from};branch=z9hG4bK` })),
  insuf: (ends) =>
    textOf(but(invite('insuf', ends), { 'Call-ID': undefined, From: undefined, To: undefined })),
  unkscm: (ends) =>
    textOf(start(options('unkscm', ends), 'OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0')),
  novelsc: (ends) => textOf(start(options('novelsc', ends), 'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0')),
  unksm2: (ends) =>
    textOf(but(register('unksm2', ends), { To: 'isbn:2983792873', From: 'http://www.example.com;tag=32' })),
  bext01: (ends) =>
    textOf(
      more(
        options('bext01', ends),
        ['Require', 'nothingSupportsThis, nothingSupportsThisEither'],
        ['Proxy-Require', 'noProxiesSupportThis'],
      ),
    ),
  invut: (ends) => textOf(but(invite('invut', ends), { 'Content-Type': 'application/unknownformat' })),
  regaut01: (ends) =>
    textOf(more(register('regaut01', ends), ['Authorization', 'NoOneKnowsThisScheme opaque-data=here'])),
  multi01: (ends) =>
    textOf(
      more(
        invite('multi01', ends),
        ['CSeq', '59 INVITE'],
        ['Call-ID', 'multi01.again'],
        ['From', '<sip:other@example.com>;tag=2'],
        ['To', '<sip:other@example.com>'],
        ['Max-Forwards', '5'],
      ),
    ),
  mcl01: (ends) => textOf(more(options('mcl01', ends), ['Content-Length', '5'], ['Content-Length', '13'])),
  bcast: (ends) =>
    textOf(
      but(start(options('bcast', ends), 'SIP/2.0 200 OK'), {
        Via: 'SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23',
      }),
    ),
  zeromf: (ends) => textOf(but(options('zeromf', ends), { 'Max-Forwards': '0' })),
  cparam01: (ends) =>
    textOf(but(register('cparam01', ends), { Contact: `sip:+19725552222@${ends.from};unknownparam` })),
  cparam02: (ends) =>
    textOf(but(register('cparam02', ends), { Contact: `<sip:+19725552222@${ends.from};unknownparam>` })),
  regescrt: (ends) =>
    textOf(
      but(register('regescrt', ends), { Contact: `<sip:user@${ends.from}?Route=%3Csip:sip.example.com%3E>` }),
    ),
  sdp01: (ends) => textOf(more(invite('sdp01', ends), ['Accept', 'text/nobodyKnowsThis'])),
  inv2543: (ends) =>
    textOf(
      but(invite('inv2543', ends), {
        Via: `SIP/2.0/UDP ${ends.from}`,
        'Max-Forwards': undefined,
        Contact: undefined,
      }),
    ),
};

export const rfc4475: Readonly<Record<string, Torture>> = { ...valid, ...invalid, ...semantic };
