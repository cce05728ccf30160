import { createTransport, type Transporter } from 'nodemailer';
import type { Secret } from '../../kernel/secret.js';
import type { Mail, MailPort, Sent } from './mail.js';
import { messageOf } from './message-of.js';

/** A server that is silent for so long is dead. */
const CONNECT_MS = 10_000;
const SILENT_MS = 30_000;

/** Mail by SMTP (RFC 5321): one connection a mail, STARTTLS where the server offers it. */
export class SmtpMail implements MailPort {
  private readonly transport: Transporter;

  constructor(
    url: Secret,
    private readonly from: string,
  ) {
    const waits = { connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENT_MS };
    this.transport = createTransport({ ...optionsOf(new URL(url.reveal())), ...waits });
  }

  async send(mail: Mail): Promise<Sent> {
    try {
      await this.transport.sendMail(messageOf(mail, this.from));
      return { kind: 'sent' };
    } catch (error) {
      return sentOf(error as SmtpError);
    }
  }
}

/** A URL's parts; nodemailer's own reading of URLs would let their query change any of its settings. */
function optionsOf(url: URL) {
  const secure = url.protocol === 'smtps:';
  const { hostname, port, username, password } = url;
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    disableFileAccess: false,
    disableUrlAccess: true,
    ...(username === '' ? {} : { auth }),
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  /** Of the server's answer. */
  readonly responseCode?: number;
}

/** Before the mail itself was sent: name not found, no log-in, an address that the server does not take, no TLS. */
const BEFORE_THE_MAIL: ReadonlySet<string> = new Set(['EDNS', 'EAUTH', 'EENVELOPE', 'ETLS', 'EOAUTH2']);
const BEFORE_THE_CONNECTION: ReadonlySet<string> = new Set(['connect', 'getaddrinfo']);

/** An answer of the server is final or not by its first digit (RFC 5321 section 4.2.1); without one it depends on when. */
export function sentOf(error: SmtpError): Sent {
  const reason = error.message.slice(0, 300);
  if (error.responseCode !== undefined)
    return { kind: error.responseCode >= 500 ? 'refused' : 'later', reason };
  const never =
    BEFORE_THE_MAIL.has(error.code ?? '') ||
    BEFORE_THE_CONNECTION.has(error.syscall ?? '') ||
    // The attachment could not be read: nothing was sent whole.
    error.code === 'ENOENT';
  return { kind: never ? 'later' : 'unknown', reason };
}
