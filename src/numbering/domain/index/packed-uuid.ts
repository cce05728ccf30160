const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID in its canonical lower-case spelling, as four words. Throws on anything else. */
export function packUuid(uuid: string, into: Uint32Array, offset: number): void {
  if (!UUID.test(uuid)) throw new Error(`not a UUID: '${uuid}'`);
  const hex = uuid.replaceAll('-', '');
  for (let i = 0; i < 4; i++) into[offset + i] = Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16);
}

export function unpackUuid(from: Uint32Array, offset: number): string {
  let hex = '';
  for (let i = 0; i < 4; i++) hex += (from[offset + i] ?? 0).toString(16).padStart(8, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
