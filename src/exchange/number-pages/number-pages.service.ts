import { Injectable } from '@nestjs/common';
import { Db } from '../../infra/db/db.js';
import { candidates, lookupKeys } from '../../numbering/index.js';
import { Directory } from '../directory.js';

/** What a number shows; `key` and `region` say whose it is, for us only. */
export interface NumberPage {
  readonly key: string;
  readonly ccc: string;
  readonly shows: 'home-page' | 'mail' | 'call';
  readonly title: string;
  readonly homePage: string | null;
  /** Never told to anybody but the mail server. */
  readonly mailTo: string | null;
  readonly language: string;
  readonly country: string;
}

/**
 * One statement for every number, shown or not, assigned or not: what there is to find is only found through pages, so that neither answer
 * nor time tells a private number from one that is nobody's. Unproved shadows lead nowhere.
 */
const FIND = `
  SELECT a.key, a.ccc, p.shows, p.title, p.home_page AS "homePage", e.address AS "mailTo", m.language, m.country
    FROM number_page p
    JOIN number_assignment a ON a.id = p.assignment_id
    JOIN member m ON m.id = a.holder_id AND m.status = 'active'
    LEFT JOIN email_identity e ON e.id = p.mail_to AND e.verified_at IS NOT NULL
   WHERE (a.key = ANY($1) OR a.id IN (SELECT s.assignment_id FROM number_shadow s
                                       WHERE s.e164 = ANY($2) AND s.verified_at IS NOT NULL))
     AND (p.shows <> 'mail' OR e.address IS NOT NULL)
   ORDER BY array_position($1, a.key) NULLS LAST, a.key LIMIT 1`;

/** Finds the page of a number in any spelling. */
@Injectable()
export class NumberPages {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
  ) {}

  /** `country`: whose spelling a national number is in; the first country that we serve unless told. */
  async find(text: string, country?: string): Promise<NumberPage | undefined> {
    const { plan } = this.directory;
    const place = country ?? HOME_COUNTRY;
    const keys = lookupKeys(candidates(text, { country: place, deviceCountry: place }, plan));
    const [page] = await this.db.rows<NumberPage>(FIND, [keys.assignmentKeys, keys.e164s]);
    return page;
  }
}

const HOME_COUNTRY = 'KR';
