import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { templateVariables, unknownVariables } from '../domain/mail-template.js';
import { code, oneLine, plainText } from '../fields.js';
import { seenByCaller } from '../signed-in.js';
import { templatesOf } from './mail-templates.service.js';

const known = (text: string, context: z.RefinementCtx) => {
  for (const name of unknownVariables(text))
    context.addIssue({
      code: 'custom',
      message: `{{${name.slice(0, 40)}}} is no variable; there are ${templateVariables.join(', ')}`,
    });
};
const put = z.strictObject({
  subject: oneLine(200).superRefine(known),
  body: plainText(10_000).superRefine(known),
});
const language = z.string().regex(/^[a-z]{2,3}$/, 'must be a language, like ko');

/** Texts of mails to customers, one a language: a company's own, else the house's. */
@Controller('v1/mail-templates')
export class MailTemplatesController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('customers.read')
  async list(@CurrentPrincipal() principal: Principal) {
    return { items: await templatesOf(this.db, seenByCaller(principal).own), variables: templateVariables };
  }

  @Put(':code/:language')
  @Policy('desk.manage')
  async put(
    @CurrentPrincipal() principal: Principal,
    @Param('code', { schema: code }) wanted: string,
    @Param('language', { schema: language }) tongue: string,
    @Body({ schema: put }) { subject, body }: z.output<typeof put>,
  ) {
    const { own: owner } = seenByCaller(principal);
    await this.db.run(PUT, [owner, wanted, tongue, subject, body]);
    return { owner, code: wanted, language: tongue, subject, body };
  }

  @Delete(':code/:language')
  @HttpCode(204)
  @Policy('desk.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('code', { schema: code }) wanted: string,
    @Param('language', { schema: language }) tongue: string,
  ): Promise<void> {
    const { own: owner } = seenByCaller(principal);
    await this.db.run('DELETE FROM mail_template WHERE owner = $1 AND code = $2 AND language = $3', [
      owner,
      wanted,
      tongue,
    ]);
  }
}

const PUT = `
  INSERT INTO mail_template (owner, code, language, subject, body) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (owner, code, language) DO UPDATE SET subject = excluded.subject, body = excluded.body`;
