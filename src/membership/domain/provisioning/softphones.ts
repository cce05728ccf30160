import { type PhoneSettings, plain, REGISTER_SECONDS, xml } from './phone-settings.js';

/** Linphone's remote provisioning (https://wiki.linphone.org, "Remote provisioning"): the QR code is this file's URL. */
export function linphone(phone: PhoneSettings): string {
  const server = `sip:${phone.server}:${phone.port};transport=${phone.transport}`;
  const section = (name: string, entries: readonly (readonly [string, string | number])[]) => [
    `  <section name="${name}">`,
    ...entries.map(
      ([key, value]) => `    <entry name="${key}" overwrite="true">${xml(String(value))}</entry>`,
    ),
    '  </section>',
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">',
    ...section('sip', [
      ['default_proxy', 0],
      ['media_encryption', phone.srtp ? 'srtp' : 'none'],
    ]),
    ...section('auth_info_0', [
      ['username', phone.username],
      ['userid', phone.username],
      ['passwd', phone.secret],
      ['domain', phone.server],
    ]),
    ...section('proxy_0', [
      ['reg_proxy', `<${server}>`],
      ['reg_route', `<${server}>`],
      [
        'reg_identity',
        `"${plain(phone.displayName).replaceAll('"', '')}" <sip:${phone.username}@${phone.server}>`,
      ],
      ['reg_expires', REGISTER_SECONDS],
      ['reg_sendregister', 1],
      ['voicemail_address', `sip:${phone.voicemail}@${phone.server}`],
      // Numbers go as they are: no prefix of the phone's own, no `+` for `00`.
      ['dial_escape_plus', 0],
    ]),
    '</config>',
    '',
  ].join('\n');
}

/** Grandstream Wave (Android, iOS): the QR code is this XML itself. ASCII: the app reads nothing else. */
export function grandstreamWave(phone: PhoneSettings): string {
  const ascii = (text: string) => xml(text.replace(/[^\x20-\x7e]/g, ' '));
  const fields: readonly (readonly [string, string])[] = [
    ['RegisterServer', `${phone.server}:${phone.port}`],
    ['OutboundServer', ''],
    ['UserID', phone.username],
    ['AuthID', phone.username],
    ['AuthPass', phone.secret],
    ['AccountName', phone.label],
    ['DisplayName', phone.displayName],
    ['Dialplan', '{x+|\\+x+|[x*#]+}'],
    ['Voicemail', phone.voicemail],
  ];
  const account = fields.map(([name, value]) => `<${name}>${ascii(value)}</${name}>`).join('');
  return `<?xml version="1.0" encoding="utf-8"?><AccountConfig version="1"><Account>${account}</Account></AccountConfig>`;
}

/**
 * Acrobits' Cloud Softphone (https://doc.acrobits.net/cloudsoftphone/qr.html): `csc:username:password@CODE`, both parts URL-encoded; the
 * server, its port and transport are those that the operator entered under that code at Acrobits.
 */
export const acrobits = (
  { username, secret }: Pick<PhoneSettings, 'username' | 'secret'>,
  cloudId: string,
): string => `csc:${encodeURIComponent(username)}:${encodeURIComponent(secret)}@${cloudId}`;
