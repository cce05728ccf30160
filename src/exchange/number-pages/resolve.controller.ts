import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { toString as qrCode } from 'qrcode';
import { z } from 'zod';
import { CONFIG, type Config } from '../../config.js';
import { Db } from '../../infra/db/db.js';
import { LimitedInside } from '../../infra/http/access/limited.js';
import { sourceOf } from '../../infra/http/access/source.js';
import { orProblem } from '../../infra/http/answer.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { Policy } from '../../infra/http/policy.js';
import { ProblemError } from '../../infra/http/problem.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { systemClock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok } from '../../kernel/result.js';
import { country } from '../fields.js';
import { WebVisits } from '../phone/web-visits.service.js';
import { vcardOf } from './domain/vcard.js';
import { isDone, newChallenge, WORK_BITS } from './domain/work.js';
import { Looks } from './looks.js';
import { pageMail } from './mails/mails.js';
import { NumberPages } from './number-pages.service.js';
import { admitVisit } from './visits.js';

/** Any spelling; what it means is found out. */
const number = z.string().min(1).max(64);
const query = z.strictObject({ country: country.optional() });
const work = { challenge: z.string().max(100), nonce: z.string().max(12), country: country.optional() };
const letter = z.strictObject({
  ...work,
  name: z.string().trim().min(1).max(100),
  replyTo: z.email().max(254),
  text: z.string().trim().min(1).max(4_000),
  /** A field that people do not see: whoever fills it is a machine. */
  website: z.string().max(500).default(''),
});
const wantedCall = z.strictObject(work);

/** One answer for every number that shows nothing: nobody's, a private one, or none at all. */
interface ShownToAnyone {
  readonly shows: 'nothing' | 'home-page' | 'mail' | 'call';
  readonly title?: string;
  readonly homePage?: string;
}
const NOTHING: ShownToAnyone = { shows: 'nothing' };

/** What the web says of a number. Open to anybody, so it tells only what the holder wants told. */
@Controller('v1/resolve/:number')
export class ResolveController {
  private readonly looks = new Looks(systemClock);

  constructor(
    private readonly db: Db,
    private readonly pages: NumberPages,
    private readonly visits: WebVisits,
    private readonly mail: OutgoingMail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @LimitedInside('60 looks a minute from one place')
  @Policy('numbers.resolve')
  async resolve(
    @Param('number', { schema: number }) text: string,
    @Query({ schema: query }) { country: place }: z.output<typeof query>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ShownToAnyone> {
    this.admitLook(request);
    const page = await this.pages.find(text, place);
    response.set('cache-control', 'public, max-age=60');
    if (page === undefined) return NOTHING;
    const { shows, title, homePage } = page;
    return { shows, title, ...(homePage === null ? {} : { homePage }) };
  }

  /** The link to the number's page, for paper. Says nothing of the number. */
  @Get('qr.svg')
  @Policy('numbers.resolve')
  @AnswersWith('image/svg+xml')
  async qr(@Param('number', { schema: number }) text: string, @Res() response: Response): Promise<void> {
    const svg = await qrCode(this.linkTo(text), { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
    response.set('cache-control', 'public, max-age=86400').type('image/svg+xml').send(svg);
  }

  @Get('card.vcf')
  @LimitedInside('60 looks a minute from one place')
  @Policy('numbers.resolve')
  @AnswersWith('text/vcard')
  async vcard(
    @Param('number', { schema: number }) text: string,
    @Query({ schema: query }) { country: place }: z.output<typeof query>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.admitLook(request);
    const found = await this.pages.find(text, place);
    const page = orProblem(found === undefined ? err(noPage) : ok(found));
    const card = vcardOf({ title: page.title, number: text, link: this.linkTo(text) });
    // `attachment` would have a type of its own for the name.
    response.attachment('card.vcf').set('cache-control', 'public, max-age=60').type('text/vcard').send(card);
  }

  /** Work for the browser, before it may write or call. The same for every number. */
  @Get('challenge')
  @LimitedInside('60 looks a minute from one place')
  @Policy('numbers.resolve')
  challenge(
    @Param('number', { schema: number }) text: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    this.admitLook(request);
    response.set('cache-control', 'no-store');
    return { challenge: newChallenge(text, Date.now(), this.config.sessionSecret), bits: WORK_BITS };
  }

  /** Mails the holder. Answers the same whether there is one who wants mail or not. */
  @Post('mails')
  @LimitedInside(
    'work for each, and so many in an hour from one place and to one number (docs/number-pages.md)',
  )
  @HttpCode(202)
  @Policy('numbers.resolve')
  async write(
    @Param('number', { schema: number }) text: string,
    @Body({ schema: letter }) given: z.output<typeof letter>,
    @Req() request: Request,
  ): Promise<void> {
    await this.admitVisit(text, given, request);
    const page = await this.pages.find(text, given.country);
    if (page?.shows !== 'mail' || page.mailTo === null || given.website !== '') return;
    const { name, replyTo, text: words } = given;
    const content = pageMail(page.language, 'letter', { number: text, name, replyTo, text: words });
    const to = page.mailTo;
    await this.db.inTx((tx) => this.mail.order(tx, { id: newId(), to, replyTo, ...content }));
  }

  /** A telephone for a few minutes that reaches this number and nothing else. */
  @Post('calls')
  @LimitedInside(
    'work for each, and so many in an hour from one place and to one number (docs/number-pages.md)',
  )
  @HttpCode(201)
  @Policy('numbers.resolve')
  async call(
    @Param('number', { schema: number }) text: string,
    @Body({ schema: wantedCall }) given: z.output<typeof wantedCall>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.admitVisit(text, given, request);
    const found = await this.pages.find(text, given.country);
    const page = orProblem(found?.shows === 'call' ? ok(found) : err(noPage));
    response.set('cache-control', 'no-store');
    const dialled = page.key.endsWith('#') ? `${page.key}${page.ccc}` : page.key;
    return this.visits.open({ dialled, country: page.country, source: sourceOf(request.ip ?? '') });
  }

  private linkTo(text: string): string {
    return `${this.config.http.publicUrl}/n/${encodeURIComponent(text)}`;
  }

  private admitLook(request: Request): void {
    if (!this.looks.admit(sourceOf(request.ip ?? '')))
      throw new ProblemError(tooMany, { headers: { 'retry-after': '60' } });
  }

  private async admitVisit(
    text: string,
    { challenge, nonce }: { readonly challenge: string; readonly nonce: string },
    request: Request,
  ): Promise<void> {
    const key = this.config.sessionSecret;
    if (!isDone(challenge, nonce, { number: text, now: Date.now(), key })) throw new ProblemError(notDone);
    if (!(await admitVisit(this.db, challenge, text, sourceOf(request.ip ?? ''))))
      throw new ProblemError(tooMany, { headers: { 'retry-after': '3600' } });
  }
}

const noPage = failure('number-page.unknown', 'This number shows nothing here.', {
  hint: 'check the number',
});
const notDone = failure('challenge.mismatch', 'The work that this form asks for is not done, or too old.', {
  hint: 'ask for a new challenge and find a nonce for it',
});
const tooMany = failure('number-page.too-many', 'Too many from here.', {
  hint: 'try again later',
  retry: 'safe',
});
