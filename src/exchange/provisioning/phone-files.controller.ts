import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import type { Tx } from '../../infra/db/tx.js';
import { type AttemptLimit, Attempts } from '../../infra/http/access/attempts.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { sourceOf } from '../../infra/http/access/source.js';
import { orProblem } from '../../infra/http/answer.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { Policy } from '../../infra/http/policy.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';
import { linphone, noteFetch, renewSecret, type Ticket, ticketOf, vendors } from '../../membership/index.js';
import { phoneSettings } from './phone-file.js';
import { noteTerminalFetch, terminalThatFetches } from './sold-terminals.js';

const urlToken = z.string().regex(/^[\w-]{20,100}$/, 'is not the token of a provisioning URL');
const fileName = z.string().regex(/^[\w.-]{1,80}$/, 'is not the name of a configuration file');
/** A phone asks for half a dozen names before the right one; an office has many behind one address. */
const FETCHES: AttemptLimit = { purpose: 'provisioning', minutes: 15, both: 60, source: 600, subject: 120 };

/** MACs can be counted up: who asks for telephones that are not his is soon sent away. */
const FETCHES_BY_MAC: AttemptLimit = {
  purpose: 'zero-touch',
  minutes: 60,
  both: 30,
  source: 60,
  subject: 60,
};

interface PhoneFile {
  readonly text: string;
  readonly type: string;
}

/** What phones fetch: each fetch makes a new secret, which is in this answer and nowhere else; the one before is void. */
@Controller('provision')
export class PhoneFilesController {
  constructor(
    private readonly db: Db,
    private readonly attempts: Attempts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** By its MAC, in the file's name: for telephones that we sold, while their owner keeps the window open. */
  @Get('zero-touch/:file')
  @LimitedInside(FETCHES_BY_MAC)
  @Policy('provisioning.fetch')
  async fetchByMac(
    @Param('file', { schema: fileName }) name: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const wanted = name.toLowerCase();
    const mac = /[0-9a-f]{12}/.exec(wanted)?.[0] ?? '';
    await this.attempts.orTooMany(FETCHES_BY_MAC, mac, request);
    const source = sourceOf(request.ip ?? '');
    const found = await this.db.inTx(async (tx) => {
      const terminal = await terminalThatFetches(tx, mac, source, 'FOR UPDATE OF t');
      if (terminal === undefined) return err(nothing);
      return this.fileOf(tx, terminal, wanted, request.method === 'HEAD', () =>
        noteTerminalFetch(tx, mac, source),
      );
    });
    const { text, type } = orProblem(found);
    response.set('cache-control', 'no-store').type(`${type}; charset=utf-8`);
    return text;
  }

  @Get(':token/:file')
  @LimitedInside(FETCHES)
  @Policy('provisioning.fetch')
  @AnswersWith('text/xml', 'text/plain')
  async fetch(
    @Param('token', { schema: urlToken }) token: string,
    @Param('file', { schema: fileName }) name: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    await this.attempts.orTooMany(FETCHES, token, request);
    const source = sourceOf(request.ip ?? '');
    const wanted = name.toLowerCase();
    // Whoever only asks whether it is there gets no secret.
    const found =
      request.method === 'HEAD'
        ? await this.isThere(token, source, wanted)
        : await this.db.inTx((tx) => this.written(tx, token, source, wanted));
    const { text, type } = orProblem(found);
    response.set('cache-control', 'no-store').type(`${type}; charset=utf-8`);
    return text;
  }

  private async isThere(token: string, source: string, name: string): Promise<Result<PhoneFile>> {
    const ticket = await ticketOf(this.db, token, source);
    const type = ticket === undefined ? undefined : typeOf(ticket, name);
    return type === undefined ? err(nothing) : ok({ text: '', type });
  }

  private async written(tx: Tx, token: string, source: string, name: string): Promise<Result<PhoneFile>> {
    const ticket = await ticketOf(tx, token, source, 'FOR UPDATE OF t');
    if (ticket === undefined) return err(nothing);
    return this.fileOf(tx, ticket, name, false, () => noteFetch(tx, ticket.id, source));
  }

  /** The file of that name, with a new secret in it; whoever only asks whether it is there gets none. */
  private async fileOf(
    tx: Tx,
    ticket: Ticket,
    name: string,
    onlyAsks: boolean,
    noted: () => Promise<unknown>,
  ): Promise<Result<PhoneFile>> {
    const master = masterOf(ticket, name);
    if (master !== undefined) return ok({ text: master, type: 'text/xml' });
    const type = typeOf(ticket, name);
    if (type === undefined) return err(nothing);
    if (onlyAsks) return ok({ text: '', type });
    const { deviceId: id, memberId } = ticket;
    const account = await renewSecret(tx, this.config.sip.realm, { id, memberId });
    if (account === undefined) return err(nothing);
    await noted();
    const settings = phoneSettings(this.config, ticket, account);
    const vendor = vendorOf(ticket);
    return ok({ text: vendor === undefined ? linphone(settings) : vendor.settings(settings), type });
  }
}

const vendorOf = ({ vendor }: Ticket) => Object.entries(vendors).find(([name]) => name === vendor)?.[1];

/** The type of that file, if it is the one with this phone's settings. */
function typeOf(ticket: Ticket, name: string): string | undefined {
  const vendor = vendorOf(ticket);
  if (vendor === undefined) return name === 'linphone.xml' ? 'text/xml' : undefined;
  return ticket.mac !== null && name === vendor.file(ticket.mac) ? vendor.type : undefined;
}

function masterOf(ticket: Ticket, name: string): string | undefined {
  const vendor = vendorOf(ticket);
  if (vendor === undefined || !('master' in vendor) || ticket.mac === null) return undefined;
  return name === vendor.master.file(ticket.mac) ? vendor.master.text(ticket.mac) : undefined;
}

/** Wrong token, wrong file, too late, another address: which, isn't told. */
const nothing = failure('provisioning.not-found', 'There is no such configuration file, or no longer.', {
  hint: 'make a new provisioning URL for the device',
});
