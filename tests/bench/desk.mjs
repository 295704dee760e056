// An agent who signs in and takes conversations.
import { DeskAgent, deskNumber } from '../proofs/desk_agent.mjs';

const AT_ONCE = 8;

/** Takes all of them, named as the web chat names them. @returns the session's cookie */
export async function takeAll(service, conversations) {
  const agent = new DeskAgent(service, service.addAgent());
  await agent.signIn();
  const left = conversations.map(deskNumber);
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let id = left.pop(); id; id = left.pop()) {
      const { status } = await agent.call('POST', `/conversations/${id}/take`, {});
      if (status !== 200) throw new Error(`taking ${id} was answered ${status}`);
    }
  }));
  return agent.cookie;
}
