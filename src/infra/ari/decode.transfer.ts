import type { AriEvent } from './ari.port.js';
import { channelSnapshot, object, text, type Unchecked } from './decode.fields.js';
import type { ChannelTransfer, ReferredBy, ReferTo, RequiredDestination } from './generated/models.js';

/**
 * A REFER on a channel with PJSIP_TRANSFER_HANDLING()=ari-only. Asterisk sends the event once more, with a
 * state, when we told the phone how it went (seen on 22.10.1); undefined when what it needs is missing.
 */
export function transfer(raw: object, at: Date): AriEvent | undefined {
  const { state, refer_to, referred_by } = raw as Unchecked<ChannelTransfer>;
  const channel = channelSnapshot(object<ReferredBy>(referred_by)?.source_channel, true);
  if (channel === undefined) return undefined;
  if (state !== undefined) return { type: 'transfer.told', at, channelId: channel.id };
  const to = object<ReferTo>(refer_to);
  const wanted = object<RequiredDestination>(to?.requested_destination);
  const target = text(wanted?.destination);
  if (target === undefined) return undefined;
  const asked = { type: 'transfer.asked', at, channel, target } as const;
  if (wanted?.protocol_id === undefined) return asked;
  const replaced = channelSnapshot(to?.destination_channel, true);
  return { ...asked, replaces: replaced === undefined ? {} : { channel: replaced } };
}
