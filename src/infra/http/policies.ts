/** Who somebody is to the system. A person or an API key may have several. */
export const userRoles = [
  'operator',
  'finance',
  'approver',
  'support',
  'company-admin',
  'supervisor',
  'agent',
  'member',
  'partner-centre',
] as const;
export type UserRole = (typeof userRoles)[number];

/** `anyone`: also without signing in. `this-host`: also without signing in when asked from the machine itself. */
export interface PolicyRule {
  readonly roles: readonly UserRole[];
  readonly open?: 'anyone' | 'this-host';
  readonly why: string;
}

const everyRole = userRoles;

/** Who may do what: the whole table. A route names one line of it; a route that names none is refused to everybody. */
export const policies = {
  'health.read': { roles: everyRole, open: 'anyone', why: 'load balancers and supervisors' },
  'metrics.read': {
    roles: ['operator'],
    open: 'this-host',
    why: 'Prometheus on the same host, or with an operator key',
  },
  'session.start': { roles: everyRole, open: 'anyone', why: 'signing in' },
  'session.end': { roles: everyRole, why: 'signing out' },
  'me.read': { roles: everyRole, why: 'who am I' },
  'api-keys.manage': { roles: everyRole, why: "one's own keys, never with more roles than oneself" },
} as const satisfies Readonly<Record<string, PolicyRule>>;

export type PolicyName = keyof typeof policies;
