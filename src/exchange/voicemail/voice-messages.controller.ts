import { createReadStream } from 'node:fs';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  StreamableFile,
} from '@nestjs/common';
import { z } from 'zod';
import { orProblem } from '../../infra/http/answer.js';
import { AnswersWith } from '../../infra/http/openapi/answers-with.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { err, failure, ok } from '../../kernel/result.js';
import { MessageSpool } from './message-spool.js';
import { MessageStore, type StoredMessage } from './message-store.js';

const change = z.strictObject({ heard: z.boolean() });
const memberId = z.uuid();
const id = z.uuid();

/** Messages that a member's mailbox holds. What people said is heard by the owner alone. */
@Controller('v1/mailboxes/:memberId/messages')
export class VoiceMessagesController {
  constructor(
    @Inject(MessageStore) private readonly store: MessageStore,
    @Inject(MessageSpool) private readonly spool: MessageSpool,
  ) {}

  /** New ones first, each kind in the order of its coming. A mailbox holds a hundred at most. */
  @Get()
  @Policy('voice-messages.read')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: memberId }) mailbox: string,
  ): Promise<{ readonly items: readonly StoredMessage[] }> {
    orProblem(isHis(principal, mailbox) ? ok(undefined) : err(unknown()));
    return { items: await this.store.list(mailbox) };
  }

  /** The recording: WAV, 16 bit, 8 kHz, mono. */
  @Get(':id/audio')
  @Policy('voice-messages.listen')
  @AnswersWith('audio/wav')
  async audio(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: memberId }) mailbox: string,
    @Param('id', { schema: id }) message: string,
  ): Promise<StreamableFile> {
    const known = isHis(principal, mailbox) && (await this.store.known([message], mailbox)).has(message);
    const recording = this.spool.recordingOf({ mailbox, id: message });
    orProblem(known && (await this.spool.exists(recording)) ? ok(undefined) : err(unknown()));
    return new StreamableFile(createReadStream(this.spool.fileOf(recording)), {
      type: 'audio/wav',
      disposition: `attachment; filename="${message}.wav"`,
    });
  }

  /** Heard, or new again: the lamp follows. */
  @Patch(':id')
  @HttpCode(204)
  @Policy('voice-messages.manage')
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: memberId }) mailbox: string,
    @Param('id', { schema: id }) message: string,
    @Body({ schema: change }) { heard }: z.output<typeof change>,
  ): Promise<void> {
    const known = isHis(principal, mailbox) && (await this.store.setHeard(mailbox, message, heard));
    orProblem(known ? ok(undefined) : err(unknown()));
  }

  @Delete(':id')
  @HttpCode(204)
  @Policy('voice-messages.manage')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('memberId', { schema: memberId }) mailbox: string,
    @Param('id', { schema: id }) message: string,
  ): Promise<void> {
    const known = isHis(principal, mailbox) && (await this.store.remove(mailbox, message));
    orProblem(known ? ok(undefined) : err(unknown()));
    // Where the recording is on another machine, the exchange there removes it when it hears of this.
    await this.spool.remove({ mailbox, id: message });
  }
}

/** Staff may look after any mailbox; everybody else only sees his own, a company's administrator the company's. */
function isHis({ roles, memberId: own, companyId }: Principal, mailbox: string): boolean {
  if (own !== null || companyId !== null)
    return own === mailbox || (companyId === mailbox && roles.includes('company-admin'));
  return roles.includes('operator') || roles.includes('support');
}

const unknown = () =>
  failure('voice-message.unknown', 'There is no such voice message.', {
    hint: 'it may be deleted: read the list again',
  });
