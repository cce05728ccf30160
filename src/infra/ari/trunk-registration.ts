/** `rejected`: the carrier said no, or does not answer; `unregistered`: not yet, or no longer. */
export type TrunkRegistration = 'registered' | 'rejected' | 'unregistered';

/** ` <trunk>/<server URI, cut>  <auth>  <Status>  (exp. 590s)`: one line of `pjsip show registrations`. */
const LINE = /^\s*([a-z][a-z0-9-]*)\/sips?:\S*\s+\S+\s+(Registered|Rejected|Unregistered|Stopped)\b/;

export function trunkRegistrationsOf(shown: string): ReadonlyMap<string, TrunkRegistration> {
  const found = shown.split('\n').flatMap((line) => {
    const [, trunk, status] = LINE.exec(line) ?? [];
    return trunk === undefined ? [] : [[trunk, stateOf(status)] as const];
  });
  return new Map(found);
}

const stateOf = (status: string | undefined): TrunkRegistration =>
  status === 'Registered' ? 'registered' : status === 'Rejected' ? 'rejected' : 'unregistered';
