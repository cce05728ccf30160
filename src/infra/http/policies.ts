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
  /** Nobody's account: a public browser, for as long as somebody's flash card is in. */
  'terminal',
] as const;
export type UserRole = (typeof userRoles)[number];

/** Everybody who has an account of his own. */
export const people: readonly UserRole[] = userRoles.filter((role) => role !== 'terminal');

export interface PolicyRule {
  readonly roles: readonly UserRole[];
  /** `anyone`: also without signing in. `this-host`: also without signing in when asked from the machine itself. */
  readonly open?: 'anyone' | 'this-host';
  /** `session`: people only, never an API key (a leaked key must not make more keys). */
  readonly only?: 'session';
  /** Dangerous: who has an authenticator app shows a code that is at most ten minutes old. */
  readonly fresh?: true;
  readonly why: string;
}

/** Who may do what: the whole table. A route names one line of it; a route that names none is refused to everybody. */
export const policies = {
  'health.read': { roles: userRoles, open: 'anyone', why: 'load balancers and supervisors' },
  'metrics.read': {
    roles: ['operator'],
    open: 'this-host',
    why: 'Prometheus on the same host, or with an operator key',
  },
  'api.describe': { roles: userRoles, open: 'anyone', why: 'what there is to call, as OpenAPI' },
  'session.start': { roles: userRoles, open: 'anyone', why: 'signing in' },
  'session.end': { roles: userRoles, only: 'session', why: 'signing out' },
  'account.open': {
    roles: userRoles,
    open: 'anyone',
    why: 'signing up, a forgotten password, an invitation: proved by what was mailed',
  },
  'me.read': { roles: userRoles, why: 'who am I, and what may I' },
  'events.read': { roles: userRoles, why: 'listening; each topic names a policy of its own' },
  'me.manage': { roles: people, why: "one's own name, language and consents" },
  'me.secure': {
    roles: people,
    only: 'session',
    why: "one's own password, address and sessions: people only",
  },
  'me.data': {
    roles: people,
    only: 'session',
    fresh: true,
    why: 'all that is kept of oneself as a file, and its erasure: people only',
  },
  'second-factor.own': {
    roles: people,
    only: 'session',
    why: "setting up one's own authenticator app, and showing its codes: also for staff whose roles wait for it",
  },
  'second-factor.remove': {
    roles: people,
    only: 'session',
    fresh: true,
    why: "taking one's own authenticator app away",
  },
  'second-factor.reset': {
    roles: ['operator', 'support'],
    only: 'session',
    fresh: true,
    why: "proposing that somebody's lost authenticator app is taken away; an approver decides",
  },
  'api-keys.read': { roles: people, why: "one's own keys, never their secrets" },
  'api-keys.manage': {
    roles: people,
    only: 'session',
    fresh: true,
    why: "one's own keys, never with more roles than oneself",
  },
  'imports.make': {
    roles: ['operator', 'finance', 'company-admin', 'supervisor'],
    why: "reading files in, and their progress; each kind by a policy of its own, one's own company's or the house's",
  },
  'audit.read': {
    roles: ['operator', 'approver'],
    why: 'who changed what, when and from where; personal data and secrets are not shown',
  },
  'calls.read': {
    roles: ['operator', 'support', 'finance'],
    why: 'call records; who belongs to a company sees its calls only',
  },
  'member-calls.read': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: 'what a member called and what it cost; members see their own',
  },
  'calls.trace': {
    roles: ['operator', 'support'],
    why: 'why a call went as it did; shows carriers and their costs',
  },
  'calls.live': {
    roles: ['operator', 'support'],
    why: 'calls in progress, with who talks to whom: the house alone',
  },
  'calls.hang-up': {
    roles: ['operator'],
    only: 'session',
    why: "ending somebody's call: people only, with a reason, written down",
  },
  'calls.listen': {
    roles: ['operator'],
    only: 'session',
    why: "hearing somebody's call: people only, with a reason, announced to those who talk, written down",
  },
  'calls.make': {
    roles: ['operator', 'company-admin', 'member'],
    why: "having one's own phone rung and a number dialled: at one's own cost; members and companies, their own",
  },
  'call-orders.read': { roles: ['operator', 'support'], why: 'calls that the exchange starts itself' },
  'call-orders.manage': { roles: ['operator'], why: "whose account the house's own calls are on" },
  'sip-bans.read': { roles: ['operator', 'support'], why: 'which addresses are refused at the SIP door' },
  'sip-bans.manage': {
    roles: ['operator'],
    fresh: true,
    why: 'refusing an address, and letting it in again',
  },
  'network.read': { roles: ['operator', 'support'], why: 'trunks, centres and routes, with what they cost' },
  'network.manage': {
    roles: ['operator'],
    why: 'where calls leave and come in; effective with the next call',
  },
  'trunks.test': { roles: ['operator'], why: "a call through one trunk, on the house's account" },
  'registrations.read': {
    roles: ['operator', 'support'],
    why: 'which phones are registered, from where and with what',
  },
  'registrations.end': {
    roles: ['operator'],
    why: 'a phone that must not be rung any more, until it comes back',
  },
  'console.read': {
    roles: ['operator', 'finance', 'approver', 'support'],
    why: 'what needs somebody now, and looking things up; each part by its own policy',
  },
  'jobs.read': { roles: ['operator'], why: 'background jobs that wait, run and failed' },
  'jobs.manage': { roles: ['operator'], why: 'trying a failed job again, or giving it up' },
  'carriers.read': { roles: ['operator', 'support'], why: "other companies' number systems" },
  'carriers.manage': { roles: ['operator'], why: 'what members dial and whose it is' },
  'plan.read': { roles: ['operator', 'support'], why: 'how dialled strings are read' },
  'plan.manage': { roles: ['operator'], why: 'feature, short and identifier codes, barring' },
  'members.register': {
    roles: ['member', 'company-admin', 'supervisor', 'agent'],
    only: 'session',
    why: 'becoming a member, or the first administrator of a company',
  },
  'members.list': { roles: ['operator', 'support'], why: 'who is registered' },
  'members.read': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: 'who a member is; members see themselves, companies their people and branches, too',
  },
  'members.change': {
    roles: ['operator', 'company-admin', 'member'],
    why: 'name, language, place, branches; members, their own',
  },
  'personal-data.read': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: "one's own; support sees it masked, an operator's reading is written down",
  },
  'personal-data.manage': { roles: ['company-admin', 'member'], why: "one's own and nobody else's" },
  'people.read': {
    roles: ['operator', 'support', 'company-admin'],
    why: "a company's people, and whom it invited",
  },
  'people.manage': {
    roles: ['operator', 'company-admin'],
    why: "who belongs to a company and with which of the company's roles; companies, their own",
  },
  'duplicates.manage': { roles: ['operator'], why: 'who may be registered twice' },
  'proofs.make': {
    roles: ['member', 'company-admin'],
    only: 'session',
    why: 'proving control of a telephone, address or domain: it rings and mails, so people only',
  },
  'devices.read': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: "a member's phones; members see their own",
  },
  'devices.manage': {
    roles: ['operator', 'company-admin', 'member'],
    why: 'making and unmaking phones, whose secret is shown once; members and companies, their own',
  },
  'provisioning.read': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: 'for whose phones there are configuration files',
  },
  'provisioning.fetch': {
    roles: userRoles,
    open: 'anyone',
    why: 'phones fetch their settings; what counts is the token in the URL',
  },
  'identities.read': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: 'by what else a member is reached; members see their own',
  },
  'identities.manage': {
    roles: ['operator', 'company-admin', 'member'],
    why: 'claiming telephones, addresses and domains; members, their own',
  },
  'identities.verify': { roles: ['operator'], why: 'saying that a claim is proved' },
  'call-handling.read': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: 'find-me and settings; members see their own',
  },
  'call-handling.manage': {
    roles: ['operator', 'company-admin', 'member'],
    why: 'find-me and settings; members, their own',
  },
  'call-limits.manage': { roles: ['operator'], why: 'how many calls a member may have at once' },
  'branches.read': {
    roles: ['operator', 'support', 'company-admin'],
    why: "a company's branches; companies see their own",
  },
  // A branch names whose phones ring, and its company may manage these: never to be chosen by the company itself.
  'branches.manage': {
    roles: ['operator'],
    why: 'in which countries a number has branches: each is paid for',
  },
  'branches.answer': {
    roles: ['operator', 'company-admin'],
    why: 'who answers where; companies, their own numbers, by members of theirs',
  },
  'retention.read': { roles: ['operator', 'support'], why: 'for how long what is personal is kept' },
  'retention.manage': { roles: ['operator'], why: 'a shorter time forgets for good' },
  'legal-holds.manage': {
    roles: ['operator'],
    why: 'whose data a court wants kept; not for everybody to know',
  },
  'voice-messages.read': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: 'who called when, never what was said; members see their own',
  },
  'voice-messages.listen': {
    roles: ['company-admin', 'member'],
    why: "what was said: the mailbox's owner alone",
  },
  'voice-messages.manage': {
    roles: ['operator', 'company-admin', 'member'],
    why: 'heard, new again, deleted; members, their own',
  },
  'phone.use': {
    roles: ['company-admin', 'supervisor', 'agent', 'member'],
    only: 'session',
    why: "the browser as one's own telephone: its device lives and ends with the session",
  },
  'phone.line': {
    roles: ['company-admin', 'supervisor', 'agent', 'member', 'terminal'],
    only: 'session',
    why: "what a browser's telephone registers with; a public terminal's is its card holder's",
  },
  'cards.read': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: 'flash cards, never their PIN codes; members see their own',
  },
  'cards.manage': {
    roles: ['company-admin', 'member'],
    only: 'session',
    why: "one's own cards: new PIN code, card file, security keys",
  },
  'cards.revoke': {
    roles: ['operator', 'support', 'company-admin', 'member'],
    why: 'a lost card; members, their own',
  },
  'cards.make': { roles: ['operator'], why: 'the press and the counter: PIN codes are shown once' },
  'card.use': {
    roles: ['company-admin', 'supervisor', 'agent', 'member'],
    only: 'session',
    why: "putting somebody's card in at this browser: his number and PIN code count, not who is signed in",
  },
  'terminal.start': {
    roles: userRoles,
    open: 'anyone',
    why: "a public terminal: somebody's card number (or file) and PIN code, or his security key count, nothing else",
  },
  'terminal.card': {
    roles: ['company-admin', 'supervisor', 'agent', 'member', 'terminal'],
    only: 'session',
    why: 'whose card is in at this browser, and taking it out',
  },
  'numbers.resolve': {
    roles: userRoles,
    open: 'anyone',
    why: 'what the holder of a number shows on the web, and nothing else; writing and calling cost work',
  },
  'number-pages.manage': {
    roles: ['company-admin', 'member'],
    why: "what the web shows for one's own number",
  },
  'numbers.explain': {
    roles: ['operator', 'support'],
    why: 'where a call would go; shows carriers, their costs and whose number it is',
  },
  'rate-decks.read': {
    roles: ['operator', 'finance', 'approver', 'support'],
    why: 'what we sell at and what carriers ask; who approves a version sees what it changes',
  },
  'rate-decks.manage': { roles: ['operator', 'finance'], why: 'prices: imports, schedules, re-rating' },
  'ledger.read': {
    roles: ['operator', 'finance', 'support', 'company-admin', 'member'],
    why: "balances, entries and charges: anybody's for staff, one's own for companies and members",
  },
  'ledger.manage': {
    roles: ['finance'],
    fresh: true,
    why: 'payments received, credit limits and daily caps',
  },
  'member-caps.manage': {
    roles: ['finance', 'company-admin'],
    why: "what a member may spend a day of an account: finance for anybody's, a company for its own",
  },
  'proposals.read': {
    roles: ['operator', 'finance', 'approver'],
    why: 'what waits for a second person, and what became of it',
  },
  'proposals.decide': {
    roles: ['approver'],
    only: 'session',
    fresh: true,
    why: 'being the second person: people only, and never who proposed it',
  },
  'proposals.withdraw': { roles: ['operator', 'finance'], why: "taking one's own proposal back" },
  'fraud-alerts.read': {
    roles: ['operator', 'finance', 'support'],
    why: 'limits that are nearly reached, calls that look like fraud',
  },
  'fraud-alerts.acknowledge': { roles: ['operator', 'finance'], why: 'having looked at an alert' },
  'price-list.read': {
    roles: ['operator', 'finance', 'support', 'company-admin', 'member'],
    why: "what calls cost: one's own prices, and any sale deck for staff",
  },
  'invoices.read': {
    roles: ['operator', 'finance', 'support', 'company-admin', 'member'],
    why: "invoices and itemised bills: anybody's for staff, one's own for companies and members",
  },
  'invoices.manage': { roles: ['finance'], why: 'sellers, taxes, fees, runs and credit notes' },
  'top-ups.make': {
    roles: ['finance', 'company-admin', 'member'],
    why: "vouchers and payments onto one's own account, or onto anybody's for finance",
  },
  'top-ups.refund': { roles: ['finance'], fresh: true, why: 'giving money back the way it came' },
  'vouchers.manage': { roles: ['finance'], why: 'making vouchers is making money' },
  'shop.browse': {
    roles: userRoles,
    open: 'anyone',
    why: 'what is sold, what it costs, and whether it is free',
  },
  'shop.buy': {
    roles: ['company-admin', 'member'],
    why: "buying numbers and goods, and keeping one's numbers; one's own orders and one's company's",
  },
  'shop.oversee': { roles: ['operator', 'support'], why: 'all orders, what waits for a decision, the rules' },
  'shop.decide': { roles: ['operator'], why: 'approving, rejecting, sending goods' },
  'shop.manage': { roles: ['operator'], why: 'what is sold, at which price, by which rules' },
  'shop.refund': { roles: ['operator', 'finance'], fresh: true, why: 'giving the money of an order back' },
  'payment-events.receive': {
    roles: userRoles,
    open: 'anyone',
    why: 'payment providers; what they tell counts by its signature, not by who brings it',
  },
  'billing-checks.read': {
    roles: ['operator', 'finance'],
    why: 'what the night checks found, and running them now: it changes nothing',
  },
  'webhooks.read': {
    roles: ['operator', 'company-admin'],
    why: 'which servers are told of what happens, and what came of it; companies, their own',
  },
  'webhooks.manage': {
    roles: ['operator', 'company-admin'],
    why: 'having a server told of what happens; companies, of their own matters',
  },
  'customers.read': {
    roles: ['operator', 'support', 'company-admin', 'supervisor', 'agent'],
    why: "a centre's customers, notes, cases, mails: one's own company's",
  },
  'customers.manage': {
    roles: ['operator', 'support', 'company-admin', 'supervisor', 'agent'],
    why: 'cards, notes, how calls ended, cases, mails to customers',
  },
  'desk.manage': {
    roles: ['operator', 'company-admin', 'supervisor'],
    why: "a centre's words and texts: dispositions, mail templates",
  },
  'reports.read': {
    roles: ['operator', 'support', 'finance', 'company-admin', 'supervisor'],
    why: "a centre's sums and the calls behind them; finance sees callers' numbers masked",
  },
  'reports.manage': { roles: ['operator', 'company-admin'], why: 'whose days reports are of' },
  'campaigns.read': {
    roles: ['operator', 'support', 'company-admin', 'supervisor'],
    why: "segments, campaigns and do-not-call lists: one's own company's",
  },
  'campaigns.manage': {
    roles: ['operator', 'company-admin', 'supervisor'],
    why: 'whom a company calls, and when',
  },
  'campaigns.call': {
    roles: ['operator', 'company-admin', 'supervisor', 'agent'],
    why: 'the next customer to call: agents, those of their own company',
  },
  'settlements.read': {
    roles: ['operator', 'finance', 'approver'],
    why: "carriers' statements, differences and payments",
  },
  'settlements.manage': { roles: ['finance'], why: 'agreements, statements, disputes' },
  'settlements.approve': {
    roles: ['approver'],
    fresh: true,
    why: 'the second person: approves and sees to the payment',
  },
  'queues.read': {
    roles: ['operator', 'support', 'company-admin', 'supervisor', 'agent'],
    why: 'queues and who waits; companies see their own',
  },
  'queues.manage': {
    roles: ['operator', 'company-admin'],
    why: 'queues, their rules, agents and numbers; companies, their own',
  },
  'queue-calls.read': {
    roles: ['operator', 'support', 'company-admin', 'supervisor', 'agent'],
    why: 'visits to queues; companies see their own, agents those they had part in',
  },
  'queue-calls.act': {
    roles: ['operator', 'company-admin', 'supervisor', 'agent'],
    why: 'putting callers through; agents, those they talk with',
  },
  'agents.read': {
    roles: ['operator', 'support', 'company-admin', 'supervisor', 'agent'],
    why: 'agents and what they do now; companies see their own',
  },
  'agents.manage': { roles: ['operator', 'company-admin'], why: 'making agents; companies, their own' },
  'agents.act': {
    roles: ['operator', 'company-admin', 'supervisor', 'agent'],
    why: 'logging in, pausing: agents themselves, and who leads them',
  },
  'agents.supervise': {
    roles: ['operator', 'company-admin', 'supervisor'],
    why: "having one's own phone rung to hear an agent's talk: supervisors who are agents of the same company",
  },
  'call-recordings.read': {
    roles: ['operator', 'company-admin', 'supervisor'],
    why: 'which calls were recorded, and the rules; never what was said',
  },
  'call-recordings.listen': {
    roles: ['company-admin', 'supervisor'],
    why: 'what was said: the company whose call it was alone',
  },
  'call-recordings.manage': {
    roles: ['operator', 'company-admin'],
    why: 'what is recorded and how long it is kept; deleting; companies, their own',
  },
} as const satisfies Readonly<Record<string, PolicyRule>>;

export type PolicyName = keyof typeof policies;
