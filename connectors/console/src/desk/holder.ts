// Who speaks with the citizen, as the agent at this desk sees it.
import type { Agent } from '../wire/types';
import type { Thread } from './thread';

export type Holder =
  | { who: 'queue' | 'me' | 'bot' | 'ended' }
  | { who: 'other'; name: string };

export function holderOf(thread: Thread, me: Agent | null): Holder {
  const { card } = thread;
  if (card?.owner === 'bot') return { who: 'bot' };
  if (!card || card.owner === 'none' || thread.gone) return { who: 'ended' };
  if (card.owner === 'queue') return { who: 'queue' };
  if (card.agent && card.agent.name !== me?.name) return { who: 'other', name: card.agent.display_name };
  return { who: 'me' };
}
