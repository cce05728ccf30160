import { Controller, Get } from '@nestjs/common';
import { Db } from '../../infra/db/db.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { companyOf } from '../owner.js';
import { seenByCaller } from '../signed-in.js';

interface Seat {
  readonly memberId: string;
  readonly name: string;
  readonly country: string;
  readonly telephones: number;
}
interface Person {
  readonly accountId: string;
  readonly email: string;
  readonly name: string | null;
}

/** Whom one may make an agent, and at whose telephones: what an administrator chooses from. */
@Controller('v1/agent-seats')
export class SeatsController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('agents.manage')
  async all(@CurrentPrincipal() principal: Principal) {
    const company = companyOf(seenByCaller(principal).own);
    const [members, accounts] = await Promise.all([
      this.db.rows<Seat>(SEATS, [company]),
      this.db.rows<Person>(PEOPLE, [company]),
    ]);
    return { members, accounts };
  }
}

/** The company, its offices, its people who have telephones; of the house those of its staff. */
const SEATS = `
  SELECT m.id AS "memberId", m.name, m.country, count(d.id)::int AS telephones
    FROM member m LEFT JOIN device d ON d.member_id = m.id AND d.enabled
   WHERE m.id = $1
      OR EXISTS (SELECT FROM vns_branch b JOIN number_assignment a ON a.id = b.assignment_id WHERE b.member_id = m.id AND a.holder_id = $1)
      OR EXISTS (SELECT FROM user_account u WHERE u.member_id = m.id AND u.company_id IS NOT DISTINCT FROM $1
                    AND u.roles && ARRAY['agent', 'supervisor', 'company-admin', 'operator', 'support'])
   GROUP BY m.id ORDER BY m.name, m.id LIMIT 500`;
const PEOPLE = `
  SELECT u.id AS "accountId", u.email, m.name FROM user_account u LEFT JOIN member m ON m.id = u.member_id
   WHERE u.company_id IS NOT DISTINCT FROM $1 AND u.roles && ARRAY['agent', 'supervisor', 'company-admin', 'operator', 'support']
   ORDER BY u.email LIMIT 500`;
