interface Spending {
  readonly spent: string;
  readonly cap: string;
}
interface Calling {
  readonly calls: number;
  readonly prefix: string;
}

/** What payers are mailed of their own spending. */
export interface FraudMails {
  readonly 'spend-80': Spending;
  readonly 'spend-100': Spending;
  /** One member of several whose calls one account pays. */
  readonly 'member-spend-80': Spending;
  readonly 'member-spend-100': Spending;
  readonly 'short-calls': Calling;
  readonly 'many-calls': Calling;
}
