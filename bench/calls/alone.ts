import { createServer, type Server } from 'node:net';
import { callerAddress } from './peer.js';
import type { Site } from './site.js';

/** Nobody ever connects to it: who listens on it has the bench's addresses and ports for himself. */
const lockPort = 27020;
const TRY_AGAIN_MS = 1_000;

/** Waits until no other bench runs on this machine: two would share ports and call each other's callees. */
export async function waitToBeAlone(site: Site, tell: (line: string) => void): Promise<void> {
  for (let told = false; ; told = true) {
    const server = await listening();
    if (server !== undefined) {
      site.onClear(() => void server.close());
      return;
    }
    if (!told) tell('another bench runs on this machine: waiting for it');
    await new Promise((resolve) => {
      setTimeout(resolve, TRY_AGAIN_MS);
    });
  }
}

function listening(): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(lockPort, callerAddress, () => {
      server.unref();
      resolve(server);
    });
  });
}
