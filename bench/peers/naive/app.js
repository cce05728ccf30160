/**
 * The naive peer: what one writes on bare ari-client after reading its examples. A caller enters the application, the
 * far end is originated, and when that answers the caller is answered and both are bridged; when one leaves, the other
 * is hung up. It keeps no records, reads no numbers, checks nobody and recovers nothing.
 *
 * Frozen at its first landing: `./anydial bench calls` measures the exchange against this source (docs/benchmarks.md).
 */
import ari from 'ari-client';

const [, , url, username, password] = process.argv;
const app = 'naive';

const client = await ari.connect(url, username, password);

client.on('StasisStart', async (event, caller) => {
  if (event.args[0] === 'dialed') return;

  const callee = client.Channel();
  const bridge = client.Bridge();
  let ended = false;

  /** Whoever leaves first ends the call for both. */
  const end = (other) => {
    if (ended) return;
    ended = true;
    other.hangup().catch(ignoreMissing);
    bridge.destroy().catch(ignoreMissing);
  };

  caller.once('StasisEnd', () => end(callee));
  callee.once('ChannelDestroyed', () => end(caller));

  callee.once('StasisStart', async () => {
    try {
      await Promise.all([caller.answer(), bridge.create({ type: 'mixing' })]);
      await bridge.addChannel({ channel: [caller.id, callee.id] });
    } catch {
      end(callee);
    }
  });

  try {
    await callee.originate({
      endpoint: `PJSIP/${caller.dialplan.exten}@callee`,
      callerId: caller.caller.number,
      app,
      appArgs: 'dialed',
      timeout: 30,
    });
  } catch {
    end(caller);
  }
});

/** The other side, or the bridge, may be gone already: that is how calls end. */
function ignoreMissing() {}

await client.start(app);
console.log('ready');
