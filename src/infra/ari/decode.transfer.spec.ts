import { describe, expect, it } from '@jest/globals';
import { decodeEvent } from './decode.js';

/** As Asterisk 22.10.1 sent them, without what nobody reads. */
const channelOf = (id: string, name: string) => ({
  id,
  name,
  state: 'Up',
  protocol_id: `${id}@127.0.0.1`,
  caller: { name: '', number: '' },
  connected: { name: '', number: '77' },
  accountcode: '',
  dialplan: { context: 'members', exten: 's', priority: 1, app_name: 'Stasis', app_data: 'app,leg' },
  creationtime: '2026-11-23T16:39:09.724+0000',
  language: 'en',
});
const bob = channelOf('t1.leg', 'PJSIP/b-00000001');
const bobsOther = channelOf('1795451973.4', 'PJSIP/b-00000004');
const carol = channelOf('t2.leg', 'PJSIP/c-00000005');
const timestamp = '2026-11-23T16:39:09.851+0000';
const referred = { source_channel: bob, connected_channel: channelOf('1795451949.0', 'PJSIP/a-00000000') };
const eventOf = (refer_to: object, more: object = {}) => {
  const decoded = decodeEvent({
    type: 'ChannelTransfer',
    timestamp,
    refer_to,
    referred_by: referred,
    ...more,
  });
  return decoded.kind === 'event' ? decoded.event : decoded;
};

describe('a REFER', () => {
  it('without Replaces is a transfer to what was dialled', () => {
    expect(eventOf({ requested_destination: { destination: '6200-6200#082' } })).toMatchObject({
      type: 'transfer.asked',
      at: new Date(timestamp),
      channel: { id: 't1.leg', name: 'PJSIP/b-00000001' },
      target: '6200-6200#082',
    });
  });

  it('with Replaces names the channel whose place is to be taken', () => {
    const params = [{ parameter_name: 'from', parameter_value: '465780439acd' }];
    expect(
      eventOf({
        requested_destination: {
          destination: 'c',
          protocol_id: '7c6f36f04e59',
          additional_protocol_params: params,
        },
        destination_channel: bobsOther,
        connected_channel: carol,
      }),
    ).toMatchObject({
      channel: { id: 't1.leg' },
      replaces: { channel: { id: '1795451973.4', name: 'PJSIP/b-00000004' } },
    });
  });

  it('with Replaces of a dialog that is none of this node is told apart from a blind one', () => {
    const refused = eventOf({ requested_destination: { destination: 'c', protocol_id: 'elsewhere' } });
    expect(refused).toMatchObject({ type: 'transfer.asked', replaces: {} });
  });

  it('that is told back with its state asks for nothing', () => {
    expect(
      eventOf({ requested_destination: { destination: '1' } }, { state: 'channel_answered' }),
    ).toMatchObject({ type: 'transfer.told', channelId: 't1.leg' });
  });

  it('without its own channel or its destination is malformed', () => {
    expect(eventOf({})).toEqual({ kind: 'malformed', type: 'ChannelTransfer' });
    expect(eventOf({ requested_destination: { destination: '1' } }, { referred_by: {} })).toEqual({
      kind: 'malformed',
      type: 'ChannelTransfer',
    });
  });
});
