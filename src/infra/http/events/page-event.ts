import { z } from 'zod';

/** PostgreSQL's channel of what open pages are told. */
export const PAGE_EVENTS_CHANNEL = 'page_event';
/** NOTIFY refuses 8,000 bytes and more. */
export const MOST_BYTES = 7_900;

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const key = z.string().regex(/^[A-Za-z0-9._-]{1,80}$/);

/** Where an event is heard: a topic, and whose of it (`queue` of one company, `desk` of one agent). */
export const place = z.strictObject({ topic: name, key });
export type Place = z.output<typeof place>;

/**
 * Something that open pages hear: what happened (`call.ringing`), small facts about it, and the places where it is heard. A hint to look
 * anew, not the truth: what must never be missed is read from its own route.
 */
export const pageEvent = z.strictObject({
  at: z.array(place).min(1).max(20),
  type: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/)
    .max(80),
  data: z.record(z.string(), z.json()),
});
export type PageEvent = z.output<typeof pageEvent>;

/** As it goes through NOTIFY; one that is too long is a mistake of whoever tells it: send ids and let the page read. */
export function payloadOf(event: PageEvent): string {
  const payload = JSON.stringify(pageEvent.parse(event));
  const bytes = Buffer.byteLength(payload);
  if (bytes > MOST_BYTES)
    throw new Error(`the event ${event.type} has ${bytes} bytes, more than NOTIFY takes`);
  return payload;
}

/** Undefined for what is no event of ours: anybody with the database's password may NOTIFY. */
export function eventFrom(payload: string): PageEvent | undefined {
  try {
    return pageEvent.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
