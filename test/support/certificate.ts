import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where only TLS is spoken: a certificate of 127.0.0.1 for one test. */
export function certificate(name: string): { cert: Buffer; key: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'anydial-certificate-'));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const names = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  execFileSync('openssl', ['req', '-x509', ...ec, ...names, '-keyout', files.key, '-out', files.cert], {
    stdio: 'ignore',
  });
  const made = { cert: readFileSync(files.cert), key: readFileSync(files.key) };
  rmSync(folder, { recursive: true });
  return made;
}
