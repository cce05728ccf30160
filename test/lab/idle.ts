import { randomUUID } from 'node:crypto';
import { type AriAccess, AriConnection } from './ari-connection.js';
import { DEADLINE_MS } from './history.js';

interface Left {
  readonly channels: readonly { readonly id: string; readonly name: string; readonly state: string }[];
  readonly bridges: readonly { readonly id: string }[];
}

/**
 * Resolves when the Asterisk behind an open connection has no channel and no bridge; looks again each time one ends.
 * @throws with the list of what is left at the deadline.
 */
export async function awaitIdle(ari: AriConnection, within = DEADLINE_MS): Promise<void> {
  const deadline = Date.now() + within;
  for (;;) {
    const since = ari.events.items.length;
    const left = await whatIsLeft(ari);
    if (left.channels.length + left.bridges.length === 0) return;
    const ends = ari.events.first(
      'end of what is left',
      ({ type }) => type === 'ChannelDestroyed' || type === 'BridgeDestroyed',
      { since, within: Math.max(deadline - Date.now(), 1) },
    );
    await ends.catch((error: unknown) => {
      throw new Error(`not idle: ${JSON.stringify(left)}`, { cause: error });
    });
  }
}

/** The same for an Asterisk that we are not attached to, such as the node under test. Its applications notice nothing. */
export async function checkIdle(node: AriAccess, within?: number): Promise<void> {
  const ari = new AriConnection(node, `idle-${randomUUID()}`);
  await ari.open();
  try {
    await awaitIdle(ari, within);
  } finally {
    await ari.close();
  }
}

async function whatIsLeft(ari: AriConnection): Promise<Left> {
  const [channels, bridges] = await Promise.all([
    ari.get<Left['channels']>('/channels'),
    ari.get<Left['bridges']>('/bridges'),
  ]);
  return {
    channels: channels.map(({ id, name, state }) => ({ id, name, state })),
    bridges: bridges.map(({ id }) => ({ id })),
  };
}
