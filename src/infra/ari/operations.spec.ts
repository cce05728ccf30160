import { describe, expect, it } from '@jest/globals';
import { missingOperations, type Operation, requestOf, USED_OPERATIONS } from './operations.js';

const create: Operation = {
  method: 'POST',
  path: '/channels/create',
  parameters: [
    { name: 'endpoint', place: 'query', wrapped: false },
    { name: 'app', place: 'query', wrapped: false },
    { name: 'originator', place: 'query', wrapped: false },
    { name: 'variables', place: 'body', wrapped: true },
  ],
};

describe('a request', () => {
  it('puts each parameter in its place and leaves out what is not given', () => {
    expect(
      requestOf<'channels.create'>(create, {
        endpoint: 'PJSIP/6200#1@gw&x=1',
        app: 'exchange',
        variables: { A: 'b' },
      }),
    ).toEqual({
      method: 'POST',
      path: '/channels/create?endpoint=PJSIP%2F6200%231%40gw%26x%3D1&app=exchange',
      body: { variables: { A: 'b' } },
    });
  });

  it('cannot be led to another path by an id', () => {
    const hangup: Operation = {
      method: 'DELETE',
      path: '/channels/{channelId}',
      parameters: [{ name: 'channelId', place: 'path', wrapped: false }],
    };
    expect(requestOf<'channels.hangup'>(hangup, { channelId: '../bridges/x?y' }).path).toBe(
      '/channels/..%2Fbridges%2Fx%3Fy',
    );
    expect(requestOf<'channels.hangup'>(hangup, { channelId: '$&' }).path).toBe('/channels/%24%26');
  });

  it('joins lists by commas', () => {
    const add: Operation = {
      method: 'POST',
      path: '/bridges/{bridgeId}/addChannel',
      parameters: [
        { name: 'bridgeId', place: 'path', wrapped: false },
        { name: 'channel', place: 'query', wrapped: false },
      ],
    };
    expect(requestOf<'bridges.addChannel'>(add, { bridgeId: 'b', channel: ['x', 'y'] }).path).toBe(
      '/bridges/b/addChannel?channel=x%2Cy',
    );
  });

  it('sends an unwrapped body as it is', () => {
    const filter: Operation = {
      method: 'PUT',
      path: '/applications/{applicationName}/eventFilter',
      parameters: [
        { name: 'applicationName', place: 'path', wrapped: false },
        { name: 'filter', place: 'body', wrapped: false },
      ],
    };
    const request = requestOf<'applications.filter'>(filter, {
      applicationName: 'a',
      filter: { allowed: [] },
    });
    expect(request.body).toEqual({ allowed: [] });
  });
});

describe('missing operations', () => {
  it('are those we use and the table lacks', () => {
    const all = Object.fromEntries(USED_OPERATIONS.map((name) => [name, create]));
    expect(missingOperations(all)).toEqual([]);
    const { 'channels.setChannelVars': _, ...older } = all;
    expect(missingOperations(older)).toEqual(['channels.setChannelVars']);
  });
});
