import { type Answer, ask, type SignedIn } from './http-client.js';

/** Another person says yes to what an answer says was proposed. */
export async function agree(url: string, proposed: Answer, approver: SignedIn): Promise<Answer> {
  const { proposal } = proposed.body as { proposal?: { id: string } };
  if (proposal === undefined) throw new Error(`nothing was proposed: ${proposed.status} ${proposed.text}`);
  const agreed = await ask(url, `POST /v1/proposals/${proposal.id}/approval`, {
    headers: approver.page,
    body: {},
  });
  if (agreed.status !== 200) throw new Error(`${agreed.status} ${agreed.text}`);
  return agreed;
}
