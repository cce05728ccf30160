import { readFileSync } from 'node:fs';
import { type Role, type Values, type Variable, variables } from './config.variables.js';
import { err, type Failure, failure, ok, type Result } from './kernel/result.js';
import { Secret } from './kernel/secret.js';

export { type Role, roles } from './config.variables.js';

/** Everything this process was told from outside, read once at start-up. Nobody else reads the environment. */
export interface Config {
  readonly environment: Values['NODE_ENV'];
  readonly instance: string;
  readonly stateDir: string;
  readonly roles: ReadonlySet<Role>;
  readonly logLevel: Values['LOG_LEVEL'];
  /** Where traces go, and which part of all; absent: nothing is traced. */
  readonly tracing?: { readonly endpoint: string; readonly share: number };
  readonly databaseUrl: Secret;
  readonly redisUrl: Secret;
  readonly ari: {
    readonly url: string;
    readonly username: string;
    readonly password: Secret;
    readonly app: string;
  };
  readonly controlSocket: string;
  readonly celFile: string;
  readonly securityLog: string;
  readonly journalDir: string;
  /** Shared with Asterisk: recordings are below `recording`. */
  readonly asteriskSpoolDir: string;
  /** Without `smtp` mail goes into `dir`, as files. */
  readonly mail: { readonly from: string; readonly smtp?: Secret; readonly dir: string };
  /** Devices and trunks as Asterisk finds them while PostgreSQL is away. */
  readonly endpointCopy: string;
  /** Where Asterisk finds the static way out for emergency calls. */
  readonly emergencyPlanDir: string;
  readonly http: { readonly host: string; readonly port: number; readonly publicUrl: string };
  readonly sip: {
    readonly host: string;
    readonly port: number;
    readonly tlsPort: number;
    readonly wsPort: number;
    readonly realm: string;
    /** Addresses and networks. */
    readonly neverBanned: readonly string[];
    readonly externalAddress?: string;
    /** Asked about other people's SIP addresses; absent: the system's. */
    readonly dnsServers?: readonly string[];
  };
  readonly rtp: { readonly portMin: number; readonly portMax: number };
  /** New calls a second that one exchange takes; 503 beyond. */
  readonly mostCallsPerSecond: number;
  readonly sessionSecret: Secret;
  /** Whether staff's roles count only with a second factor. */
  readonly staffSecondFactor: boolean;
  /** The first seals personal data, all unseal it. */
  readonly personalDataKeys: Values['PERSONAL_DATA_KEYS'];
  /** Signs flash card files; absent: none are made. */
  readonly cardFileKey?: Secret;
  /** VAPID keys; absent: nothing is pushed. */
  readonly webPush?: {
    readonly publicKey: string;
    readonly privateKey: Secret;
    /** Origins of push services beside those of the browsers' vendors. */
    readonly services: readonly string[];
  };
  /** STUN and TURN servers for browsers; the secret is there when one of them is a TURN server. */
  readonly ice: { readonly urls: readonly string[]; readonly secret?: Secret };
  /** Micro-units by currency. */
  readonly onePersonLimits: ReadonlyMap<string, bigint>;
  readonly topUps: TopUpConfig;
  readonly acrobitsCloudId?: string;
  readonly taxIdRegistry: Values['TAX_ID_REGISTRY'];
  readonly bootstrapOperator?: { readonly email: string; readonly password: Secret };
  /** The demo world of gateways and sample phones; absent in production. */
  readonly lab?: { readonly sipPort: number; readonly phoneSeed: Secret };
}

/** By whom accounts are filled up. */
export type TopUpConfig =
  | { readonly port: 'none' | 'test' }
  | { readonly port: 'stripe'; readonly apiKey: Secret; readonly webhookSecret: Secret };

export type ConfigFailure = Failure<'config.invalid'>;
export type Environment = Readonly<Record<string, string | undefined>>;

/** Nest injection token of the `Config`. */
export const CONFIG = Symbol('CONFIG');

/**
 * Reads and checks the environment. A failure's message lists every variable that is missing or wrong and what it is
 * for, one per line, and never repeats a value.
 */
export function loadConfig(environment: Environment = process.env): Result<Config, ConfigFailure> {
  const read = Object.entries(variables).map(([name, variable]) => readVariable(name, variable, environment));
  const problems = read.flatMap((one) => (one.ok ? [] : [one.failure]));
  if (problems.length > 0) return err(invalid(problems));
  // Each entry was parsed by the schema its name stands for.
  const values = Object.fromEntries(read.flatMap((one) => (one.ok ? [one.value] : []))) as unknown as Values;
  const conflicts = conflictsOf(values);
  return conflicts.length > 0 ? err(invalid(conflicts)) : ok(arrange(values));
}

/** The configuration reference: one row per variable, for docs and `doctor`. */
export function describeVariables(): readonly (Omit<Variable<unknown>, 'read'> & {
  name: string;
  required: boolean;
})[] {
  return Object.entries(variables).map(([name, { read, ...about }]) => ({
    name,
    ...about,
    required: !read.safeParse(undefined).success,
  }));
}

function readVariable(
  name: string,
  variable: Variable<unknown>,
  from: Environment,
): Result<[string, unknown], string> {
  const found = textOf(name, variable.secret, from);
  if (!found.ok) return found;
  const parsed = variable.read.safeParse(found.value);
  if (parsed.success) return ok([name, parsed.data]);
  const state = found.value === undefined ? 'is missing' : `is wrong: ${parsed.error.issues[0]?.message}`;
  const file = variable.secret ? `, or ${name}_FILE=<path>` : '';
  return err(`${name} ${state}. It says: ${variable.about}. Example: ${name}=${variable.example}${file}`);
}

/** An empty variable counts as absent: compose files and env files write `NAME=` for "not set". */
function textOf(name: string, secret: boolean, from: Environment): Result<string | undefined, string> {
  const direct = from[name] || undefined;
  const file = secret ? from[`${name}_FILE`] || undefined : undefined;
  if (file === undefined) return ok(direct);
  if (direct !== undefined) return err(`${name} and ${name}_FILE are both set: keep one.`);
  try {
    return ok(readFileSync(file, 'utf8').replace(/\r?\n$/, ''));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    return err(`${name}_FILE cannot be read (${reason}): give this process read access to that file.`);
  }
}

function conflictsOf(values: Values): readonly string[] {
  const half =
    (values.BOOTSTRAP_OPERATOR_EMAIL === undefined) !== (values.BOOTSTRAP_OPERATOR_PASSWORD === undefined);
  const rtp = values.RTP_PORT_MIN % 2 !== 0 || values.RTP_PORT_MAX - values.RTP_PORT_MIN < 3;
  const push = (values.WEB_PUSH_PUBLIC_KEY === undefined) !== (values.WEB_PUSH_PRIVATE_KEY === undefined);
  const stripe =
    values.TOP_UP_PORT === 'stripe' &&
    (values.STRIPE_API_KEY === undefined || values.STRIPE_WEBHOOK_SECRET === undefined);
  const turn =
    values.TURN_SECRET === undefined &&
    values.ICE_URLS?.some((url: string) => url.startsWith('turn')) === true;
  return [
    ...(turn ? ['ICE_URLS names a TURN server: set TURN_SECRET to its static-auth-secret.'] : []),
    ...(stripe ? ['TOP_UP_PORT=stripe needs STRIPE_API_KEY and STRIPE_WEBHOOK_SECRET.'] : []),
    ...(push ? ['WEB_PUSH_PUBLIC_KEY and WEB_PUSH_PRIVATE_KEY belong together: set both or none.'] : []),
    ...(half
      ? ['BOOTSTRAP_OPERATOR_EMAIL and BOOTSTRAP_OPERATOR_PASSWORD belong together: set both or none.']
      : []),
    ...(rtp ? ['RTP_PORT_MIN must be even and at least 3 below RTP_PORT_MAX: a call needs 4 ports.'] : []),
  ];
}

function invalid(problems: readonly string[]): ConfigFailure {
  const lines = problems.map((problem) => `  - ${problem}`).join('\n');
  return failure('config.invalid', `The configuration is not usable:\n${lines}`, {
    hint: '`./anydial up` writes a complete instance.env; docs list each variable',
  });
}

function arrange(v: Values): Config {
  const { BOOTSTRAP_OPERATOR_EMAIL: email, BOOTSTRAP_OPERATOR_PASSWORD: password } = v;
  const { WEB_PUSH_PUBLIC_KEY: publicKey, WEB_PUSH_PRIVATE_KEY: privateKey } = v;
  const { LAB_SIP_PORT: sipPort, LAB_PHONE_SECRET: phoneSeed } = v;
  return {
    environment: v.NODE_ENV,
    instance: v.ANYDIAL_INSTANCE,
    stateDir: v.ANYDIAL_STATE_DIR,
    roles: v.ANYDIAL_ROLES,
    logLevel: v.LOG_LEVEL,
    ...(v.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? {}
      : { tracing: { endpoint: v.OTEL_EXPORTER_OTLP_ENDPOINT, share: v.TRACE_SHARE } }),
    databaseUrl: v.DATABASE_URL,
    redisUrl: v.REDIS_URL,
    ari: { url: v.ARI_URL, username: v.ARI_USERNAME, password: v.ARI_PASSWORD, app: v.ARI_APP },
    controlSocket: v.ASTERISK_CONTROL_SOCKET,
    celFile: v.CEL_FILE,
    securityLog: v.SECURITY_LOG_FILE,
    journalDir: v.JOURNAL_DIR,
    asteriskSpoolDir: v.ASTERISK_SPOOL_DIR ?? `${v.ANYDIAL_STATE_DIR}/asterisk/spool`,
    mail: {
      from: v.MAIL_FROM,
      dir: v.MAIL_DIR ?? `${v.ANYDIAL_STATE_DIR}/mail`,
      ...(v.SMTP_URL === undefined ? {} : { smtp: v.SMTP_URL }),
    },
    endpointCopy: v.ENDPOINT_COPY,
    emergencyPlanDir: v.EMERGENCY_PLAN_DIR ?? `${v.ANYDIAL_STATE_DIR}/asterisk/etc/generated`,
    http: { host: v.HTTP_HOST, port: v.HTTP_PORT, publicUrl: v.PUBLIC_URL },
    sip: {
      host: v.SIP_HOST,
      port: v.SIP_PORT,
      tlsPort: v.SIP_TLS_PORT,
      wsPort: v.SIP_WS_PORT,
      realm: v.SIP_REALM,
      neverBanned: v.SIP_NEVER_BANNED,
      ...(v.EXTERNAL_ADDRESS === undefined ? {} : { externalAddress: v.EXTERNAL_ADDRESS }),
      ...(v.DNS_SERVERS === undefined ? {} : { dnsServers: v.DNS_SERVERS }),
    },
    rtp: { portMin: v.RTP_PORT_MIN, portMax: v.RTP_PORT_MAX },
    mostCallsPerSecond: v.ANYDIAL_MOST_CALLS_PER_SECOND,
    sessionSecret: new Secret(v.SESSION_SECRET.reveal(), v.SESSION_SECRET_PREVIOUS),
    staffSecondFactor:
      (v.STAFF_SECOND_FACTOR ?? (v.NODE_ENV === 'production' ? 'required' : 'optional')) === 'required',
    personalDataKeys: v.PERSONAL_DATA_KEYS,
    ...(v.CARD_FILE_KEY === undefined
      ? {}
      : { cardFileKey: new Secret(v.CARD_FILE_KEY.reveal(), v.CARD_FILE_KEY_PREVIOUS) }),
    ...(publicKey === undefined || privateKey === undefined
      ? {}
      : { webPush: { publicKey, privateKey, services: v.WEB_PUSH_SERVICES ?? [] } }),
    ice: { urls: v.ICE_URLS ?? [], ...(v.TURN_SECRET === undefined ? {} : { secret: v.TURN_SECRET }) },
    onePersonLimits: v.ONE_PERSON_LIMITS,
    topUps: topUpsOf(v),
    taxIdRegistry: v.TAX_ID_REGISTRY,
    ...(v.ACROBITS_CLOUD_ID === undefined ? {} : { acrobitsCloudId: v.ACROBITS_CLOUD_ID }),
    ...(email === undefined || password === undefined ? {} : { bootstrapOperator: { email, password } }),
    ...(sipPort === undefined || phoneSeed === undefined ? {} : { lab: { sipPort, phoneSeed } }),
  };
}

function topUpsOf(v: Values): TopUpConfig {
  const { TOP_UP_PORT: port, STRIPE_API_KEY: apiKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = v;
  if (port !== 'stripe') return { port };
  return apiKey === undefined || webhookSecret === undefined
    ? { port: 'none' }
    : { port, apiKey, webhookSecret };
}
