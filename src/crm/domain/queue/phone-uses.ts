/** A telephone, and whose it is. */
interface Phone {
  readonly device: string;
  readonly memberId: string;
}

/** Which telephones open calls use. A call's uses are replaced as a whole: none is given back twice, none is forgotten. */
export class PhoneUses {
  private readonly phonesOf = new Map<string, readonly Phone[]>();
  /** How many calls, by device and by member. */
  private readonly calls = new Map<string, Set<string>>();

  set(callId: string, phones: readonly Phone[]): void {
    for (const key of (this.phonesOf.get(callId) ?? []).flatMap(keysOf)) {
      const users = this.calls.get(key);
      users?.delete(callId);
      if (users?.size === 0) this.calls.delete(key);
    }
    if (phones.length === 0) this.phonesOf.delete(callId);
    else this.phonesOf.set(callId, phones);
    for (const key of phones.flatMap(keysOf))
      this.calls.set(key, (this.calls.get(key) ?? new Set()).add(callId));
  }

  usesDevice(device: string): boolean {
    return this.calls.has(`device ${device}`);
  }

  usesAnyOf(memberId: string): boolean {
    return this.calls.has(`member ${memberId}`);
  }
}

const keysOf = ({ device, memberId }: Phone): readonly string[] => [`device ${device}`, `member ${memberId}`];
