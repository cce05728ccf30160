export const SHOWN = ['nothing', 'home-page', 'mail', 'call'] as const;

export interface NumberPage {
  readonly shows: (typeof SHOWN)[number];
  readonly title: string | null;
  readonly homePage: string | null;
  readonly mailTo: string | null;
}

interface Values {
  readonly shows: NumberPage['shows'];
  readonly title: string;
  readonly homePage: string;
  readonly mailTo: string;
}

/** The body that says so; undefined: there shall be no page. What was typed for another choice stays out. */
export function wishOf({ shows, title, homePage, mailTo }: Values) {
  switch (shows) {
    case 'nothing':
      return undefined;
    case 'home-page':
      return { shows, title: title.trim(), homePage: homePage.trim() };
    case 'mail':
      return { shows, title: title.trim(), mailTo };
    case 'call':
      return { shows, title: title.trim() };
  }
}
