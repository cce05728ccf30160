/** Where an Asterisk's ARI answers, and to whom. */
export interface AriAccount {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** What the bench asks an Asterisk from outside, whoever owns it. */
export interface AriProbe {
  /** Undefined until Asterisk has fully booted. */
  version(): Promise<string | undefined>;
  openChannels(): Promise<number>;
}

export function ariProbe({ url, username, password }: AriAccount): AriProbe {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const get = (path: string) => fetch(`${url}/ari/${path}`, { headers: { authorization } });
  return {
    version: async () => {
      // Refused while the HTTP server is not there, 503 while modules are loading.
      const answer = await get('asterisk/info?only=system').catch(() => undefined);
      return answer?.ok ? versionIn(await answer.json()) : undefined;
    },
    openChannels: async () => {
      const answer = await get('channels');
      const channels: unknown = answer.ok ? await answer.json() : undefined;
      if (!Array.isArray(channels)) throw new Error(`${url} answers ${answer.status} to GET /ari/channels`);
      return channels.length;
    },
  };
}

function versionIn(info: unknown): string {
  // Asterisk's documented shape; a surprise here ends the run, which is right.
  return (info as { system: { version: string } }).system.version;
}
