import { Injectable } from '@nestjs/common';
import { type EventOf, Handles } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { vendorNames } from '../../membership/index.js';
import { bindTerminal, unbindTerminal } from './sold-terminals.js';

/** Telephones and adapters belong to whom they were sold to, by their MAC; cards are membership's. */
@Injectable()
export class TerminalBinding {
  @Handles('provisioning.bind-terminal', 'terminal.sold')
  async bind({ kind, serial, memberId, vendor }: EventOf<'terminal.sold'>, tx: Tx): Promise<void> {
    const known = vendorNames.find((name) => name === vendor);
    if (kind === 'card' || known === undefined || !/^[0-9a-f]{12}$/.test(serial)) return;
    await bindTerminal(tx, { mac: serial, memberId, vendor: known });
  }

  @Handles('provisioning.unbind-terminal', 'terminal.returned')
  async unbind({ serial }: EventOf<'terminal.returned'>, tx: Tx): Promise<void> {
    await unbindTerminal(tx, serial);
  }
}
