import type { Principal } from '../../infra/http/principal.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';

/** For whom an account phones: the member that it is, else its company. */
export function memberOf({ memberId, companyId }: Principal): Result<string> {
  const id = memberId ?? companyId;
  return id === null
    ? err(
        failure('phone.no-member.not-allowed', 'This account is nobody who could be called.', {
          hint: "sign in as a member, or as one of a company's people",
        }),
      )
    : ok(id);
}
