import { Secret } from '../../src/kernel/secret.js';
import { freePort, type ServerProcess, serverDirectory, startServer } from './server-process.js';

export interface PrivateRedis {
  readonly url: Secret;
  readonly server: ServerProcess;
  /** Starts an empty one on the same port after a kill: what a lost Redis comes back as. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

/** A Redis of the test's own, without persistence: a kill loses everything in it. */
export async function privateRedis(more: Readonly<Record<string, string>> = {}): Promise<PrivateRedis> {
  const directory = serverDirectory('redis');
  const port = await freePort();
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: directory.path,
    save: '',
    'maxmemory-policy': 'noeviction',
    ...more,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const start = () => startServer('redis-server', args, /Ready to accept connections/);
  let server = await start();
  return {
    url: new Secret(`redis://127.0.0.1:${port}/0`),
    get server() {
      return server;
    },
    restart: async () => {
      server = await start();
    },
    remove: async () => {
      await server.kill();
      directory.remove();
    },
  };
}
