import {
  type CallerContext,
  candidates,
  decideReading,
  lookupKeys,
  NOTHING_FOUND,
  type Plan,
  type UriReading,
} from '../numbering/index.js';
import type { LookedUp, Question } from './directory.cache.js';
import type { Origin } from './domain/call.js';
import { calleeOf } from './domain/callee.js';
import type { Callee, Destination, Forwards, Member } from './domain/facts.js';
import { featureOf } from './domain/features.js';
import { MOST_FORWARDS } from './domain/route-member.js';
import type { UriService } from './domain/uri-service.js';

/** What gathering needs to know next: answered from memory, or by the database or the DNS. */
export type Wish =
  | { readonly ask: 'directory'; readonly question: Question }
  | { readonly ask: 'dns'; readonly reading: UriReading };
export type Answer = LookedUp | UriService;

/** A course of questions; ends with what they were asked for. Runs without a promise while every answer is at hand. */
export type Gathering<T> = Generator<Wish, T, Answer>;

/** What a call's facts say of where it goes and who calls. */
export interface Gathered {
  readonly destination: Destination;
  readonly caller: Member | undefined;
  /** What was dialled before the number says whether the caller is shown; undefined: nothing was. */
  readonly hidden: boolean | undefined;
}

/** One call asks no more than so many things, however its callees forward to each other. */
const MOST_DESTINATIONS = 12;

/** Reads what was dialled and finds out who is there, where he forwards to, and who is there. */
export function* gather(dialled: string, origin: Origin, plan: Plan): Gathering<Gathered> {
  const search = new Search(plan, origin.kind === 'trunk');
  const context = contextOf(origin);
  const members = origin.kind === 'trunk' ? [] : [origin.memberId];
  const first = yield* search.destination(dialled, context, members);
  const feature = first.reading.kind === 'feature' ? featureOf(first.reading) : undefined;
  const caller = members.map((id) => search.member(id))[0];
  if (first.reading.kind !== 'feature' || feature?.does !== 'dial')
    return { destination: first, caller, hidden: undefined };
  const then = yield* search.destination(first.reading.argument, context, members);
  const verdicts = [...first.verdicts, ...then.verdicts];
  return { destination: { ...then, verdicts }, caller, hidden: feature.hidden };
}

/** The members whom an order that rings phones is about: who pays, and whose phones they are. */
export function* gatherMembers(
  ids: readonly string[],
  country: string,
): Gathering<readonly (Member | undefined)[]> {
  const looked = (yield {
    ask: 'directory',
    question: { keys: NO_KEYS, memberIds: [...new Set(ids)], country },
  }) as LookedUp;
  return ids.map((id) => looked.members.get(id));
}

/** Everything of ours that one call has asked for so far. */
class Search {
  private readonly members = new Map<string, Member>();
  private destinations = 0;

  constructor(
    private readonly plan: Plan,
    private readonly fromTrunk: boolean,
  ) {}

  member(id: string): Member | undefined {
    return this.members.get(id);
  }

  /** @param via members who forward to here: a circle of them ends where it closes. */
  *destination(
    dialled: string,
    context: CallerContext,
    memberIds: readonly string[],
    via: readonly string[] = [],
  ): Gathering<Destination> {
    this.destinations++;
    const asked = candidates(dialled, context, this.plan);
    // The first candidate is read first, and nothing that the directory knows could change it.
    const certain = asked.list[0]?.kind === 'emergency';
    const keys = lookupKeys(asked);
    const looked = certain ? NOBODY : yield* this.lookUp({ keys, memberIds, country: context.country });
    const { reading, verdicts } = decideReading(asked, looked.found);
    const callee = yield* this.callee(calleeOf(reading), context, via);
    // A stranger's words make us look for nothing.
    const mayLook = !this.fromTrunk || via.length > 0;
    const uri = reading.kind === 'uri' && mayLook ? yield* serviceOf(reading) : undefined;
    return { dialled, reading, verdicts, callee, ...(uri === undefined ? {} : { uri }) };
  }

  private *callee(
    id: string | undefined,
    { country }: CallerContext,
    via: readonly string[],
  ): Gathering<Callee | undefined> {
    if (id === undefined) return undefined;
    if (!this.members.has(id)) yield* this.lookUp({ keys: NO_KEYS, memberIds: [id], country });
    const member = this.members.get(id);
    if (member === undefined || via.includes(id) || via.length >= MOST_FORWARDS) return member;
    const { forwardAlways, forwardBusy, forwardNoAnswer } = member.settings;
    if (forwardAlways === null && forwardBusy === null && forwardNoAnswer === null) return member;
    const on = [...via, id];
    const forwards: Forwards = {
      ...(yield* this.forward('always', forwardAlways, member, on)),
      ...(yield* this.forward('busy', forwardBusy, member, on)),
      ...(yield* this.forward('noAnswer', forwardNoAnswer, member, on)),
    };
    return { ...member, forwards };
  }

  private *forward(
    when: keyof Forwards,
    dialled: string | null,
    member: Member,
    via: readonly string[],
  ): Gathering<Forwards> {
    if (dialled === null || this.destinations >= MOST_DESTINATIONS) return {};
    return { [when]: yield* this.destination(dialled, contextOfMember(member), [], via) };
  }

  private *lookUp(question: Question): Gathering<LookedUp> {
    // The one who asks is the one who answers: a directory's question has a directory's answer.
    const looked = (yield { ask: 'directory', question }) as LookedUp;
    for (const [id, member] of looked.members) this.members.set(id, member);
    return looked;
  }
}

function* serviceOf(reading: UriReading): Gathering<UriService> {
  return (yield { ask: 'dns', reading }) as UriService;
}

const NOBODY: LookedUp = { found: NOTHING_FOUND, members: new Map() };
const NO_KEYS: Question['keys'] = { assignmentKeys: [], e164s: [], domains: [], emails: [] };

/** A device dials as the country does in which it stands. */
function contextOf(origin: Origin): CallerContext {
  const { country } = origin;
  if (origin.kind === 'trunk') return { country, deviceCountry: country };
  const { area, memberId } = origin;
  return { country, deviceCountry: country, companyId: memberId, ...(area === undefined ? {} : { area }) };
}

/** As he would dial at home. */
const contextOfMember = ({ id, country, area }: Member): CallerContext => ({
  country,
  deviceCountry: country,
  companyId: id,
  ...(area === null ? {} : { area }),
});
