import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { certificate } from '../../support/certificate.js';
import { pem } from './identity.js';

/** Where the calling network's certificate is fetched from, and two places that nobody should believe. */
export class CertificateRepository {
  private readonly plain = createServer((request, response) => {
    response.end(request.url === '/strange.pem' ? this.self.cert : pem('network.pem'));
  });
  private readonly self = certificate('somebody');
  private readonly tls = createTlsServer(this.self, (_, response) => response.end(pem('network.pem')));

  async open(): Promise<void> {
    await Promise.all([this.plain, this.tls].map((server) => listening(server)));
  }

  async close(): Promise<void> {
    await Promise.all([this.plain, this.tls].map((server) => new Promise((done) => server.close(done))));
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.plain)}/network.pem`;
  }

  get strange(): string {
    return `http://127.0.0.1:${portOf(this.plain)}/strange.pem`;
  }

  get doubtful(): string {
    return `https://127.0.0.1:${portOf(this.tls)}/network.pem`;
  }
}

const portOf = (server: Pick<Server, 'address'>): number => (server.address() as AddressInfo).port;
const listening = (server: Pick<Server, 'listen'>): Promise<void> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done());
  });
