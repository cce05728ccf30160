import { assertNever } from '../../../kernel/result.js';
import { sipUserAtHost } from '../input/address.js';
import type { AddressOwner } from '../own/assignment.js';
import { chooseBranch } from '../own/branch.js';
import type { CallerContext } from './caller.js';
import type { Candidate, PinCandidate, PstnCandidate, VnsCandidate } from './candidate.js';
import type { Found } from './directory.js';
import type { DomainReading, PstnReading, Reading } from './reading.js';
import { refused, unallocated } from './refusals.js';

/** What one candidate amounts to, given what was found; no reading when it does not hold. */
export interface Answer {
  readonly reading?: Reading;
  readonly code: string;
  readonly text: string;
}

export function answer(candidate: Candidate, caller: CallerContext, found: Found): Answer {
  switch (candidate.kind) {
    case 'emergency': {
      const { number, service, country } = candidate.reading;
      return {
        reading: candidate.reading,
        code: 'emergency.code',
        text: `${service} in ${country}, sent as ${number}`,
      };
    }
    case 'feature': {
      const { code, feature, argument } = candidate.reading;
      const text =
        argument === '' ? `feature ${feature} (${code})` : `feature ${feature} (${code}) for ${argument}`;
      return { reading: candidate.reading, code: 'feature.code', text };
    }
    case 'vns':
      return vnsAnswer(candidate, caller, found);
    case 'pin':
      return pinAnswer(candidate, caller, found);
    case 'pstn':
      return pstnAnswer(candidate, caller, found);
    case 'carrier': {
      const { carrierId, number } = candidate;
      const text = `${number} is in the number system of ${carrierId}`;
      return { reading: { kind: 'carrier', carrierId, number }, code: 'carrier.pattern', text };
    }
    case 'domain':
      return domainAnswer(candidate.domain, caller, found);
    case 'email':
      return emailAnswer(candidate.email, found);
    case 'uri': {
      const { scheme, host, port } = candidate.address;
      const at = sipUserAtHost(candidate.address) + (port === undefined ? '' : `:${port}`);
      const uri = `${scheme === 'sips' ? 'sips' : 'sip'}:${at}`;
      return candidate.allowed
        ? {
            reading: { kind: 'uri', uri, host },
            code: 'uri.foreign',
            text: `SIP service of ${host}, if it has one`,
          }
        : {
            reading: unallocated('foreign-sip-off'),
            code: 'uri.off',
            text: unallocated('foreign-sip-off').text,
          };
    }
    default:
      return assertNever(candidate);
  }
}

function vnsAnswer({ step, number, ccc, key }: VnsCandidate, caller: CallerContext, found: Found): Answer {
  const assignment = found.assignments.get(key);
  if (assignment?.kind !== 'vns') {
    return { code: `${step}.vns-unassigned`, text: `no company has ${number}#` };
  }
  const branch = chooseBranch(assignment, ccc, caller.country);
  if (branch === undefined) {
    const text = `company number ${number}# has no branch under ${ccc ?? 'its home code'}`;
    return { reading: unallocated('no-branch'), code: `${step}.vns-no-branch`, text };
  }
  return {
    reading: { kind: 'vns', key: `${number}#${branch.ccc}`, number, ccc: branch.ccc, assignment, branch },
    code: `${step}.vns`,
    text: `company number ${number}#, its branch in ${branch.region}`,
  };
}

function pinAnswer({ step, key, identification }: PinCandidate, caller: CallerContext, found: Found): Answer {
  const assignment = found.assignments.get(key);
  if (assignment?.kind !== 'pin')
    return { code: `${step}.pin-unassigned`, text: `nobody has the number ${key}` };
  if (identification && !(assignment.identification && assignment.region === caller.country)) {
    return {
      code: `${step}.pin-unassigned`,
      text: `${key} is no identification number of ${caller.country}`,
    };
  }
  const what = assignment.identification ? 'identification number' : 'personal number';
  return { reading: { kind: 'pin', key, assignment }, code: `${step}.pin`, text: `${what} ${key}` };
}

function pstnAnswer(candidate: PstnCandidate, caller: CallerContext, found: Found): Answer {
  const { phone, form, barred, carrierId } = candidate;
  const { e164, region, type } = phone;
  const owner = found.shadows.get(e164);
  const holder = owner?.shadows.some((s) => s.verified && s.e164 === e164) ? owner : undefined;
  const told = `${e164} (${type}, ${region ?? 'no country'}), ${form} form in ${caller.country}`;
  if (barred && holder === undefined) {
    return { reading: refused('barred'), code: 'pstn.barred', text: `${told}: barred by the operator` };
  }
  const reading: PstnReading = {
    kind: 'pstn',
    e164,
    region,
    type,
    ...(holder === undefined ? {} : { holder }),
    ...(carrierId === undefined ? {} : { carrierId }),
  };
  const whose = holder === undefined ? '' : `: the shadow of ${holder.key}`;
  return { reading, code: `pstn.${form}`, text: `${told}${whose}` };
}

function domainAnswer(domain: string, caller: CallerContext, found: Found): Answer {
  const owner = provenOwner(found.domains.get(domain));
  if (owner === undefined)
    return { code: 'domain.unproven', text: `no company proved that it owns ${domain}` };
  const branch =
    owner.assignment?.kind === 'vns' ? chooseBranch(owner.assignment, undefined, caller.country) : undefined;
  const reading: DomainReading = {
    kind: 'domain',
    domain,
    owner,
    ...(branch === undefined ? {} : { branch }),
  };
  return { reading, code: 'domain.owner', text: `the company that owns ${domain}` };
}

function emailAnswer(email: string, found: Found): Answer {
  const owner = provenOwner(found.emails.get(email));
  return owner === undefined
    ? { code: 'email.unproven', text: `nobody proved that ${email} is theirs` }
    : {
        reading: { kind: 'email', email, owner },
        code: 'email.owner',
        text: `the person whose e-mail is ${email}`,
      };
}

function provenOwner(owner: AddressOwner | undefined): AddressOwner | undefined {
  return owner?.verified ? owner : undefined;
}
