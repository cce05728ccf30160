import { Resolver } from 'node:dns/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { challengeName } from './proof.rows.js';

const ANSWER_WITHIN_MS = 2_000;
const TRIES = 2;
/** Nobody needs more; a zone with a thousand records is somebody playing with us. */
const MOST_RECORDS = 50;

/** `unknown`: the name servers did not answer; that says nothing about what is in the zone. */
export type Seen = ReadonlySet<string> | 'unknown';

/** What a domain's challenge name says: its TXT records (RFC 1035 section 3.3.14), each one's pieces put together. */
@Injectable()
export class TxtRecords {
  private readonly resolver = new Resolver({ timeout: ANSWER_WITHIN_MS, tries: TRIES });

  constructor(@Inject(CONFIG) { sip: { dnsServers } }: Config) {
    if (dnsServers !== undefined) this.resolver.setServers([...dnsServers]);
  }

  async challengesOf(domain: string): Promise<Seen> {
    try {
      const records = await this.resolver.resolveTxt(challengeName(domain));
      return new Set(
        records
          .slice(0, MOST_RECORDS)
          .flatMap((pieces) => /^anydial=(\S+)$/.exec(pieces.join(''))?.[1] ?? []),
      );
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === 'ENOTFOUND' || code === 'ENODATA' ? new Set() : 'unknown';
    }
  }
}
