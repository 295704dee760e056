import type { Card } from '../wire/types';

// Something the agent should be told, whichever view is open. Words are chosen by the view.
export type Notice =
  | { kind: 'waiting'; card: Card }
  | { kind: 'for_me'; card: Card }  // a transfer to me, or an invitation
  | { kind: 'pushed'; card: Card }  // by the queue, to me
  | { kind: 'taken_by'; name: string; card: Card }
  | { kind: 'answered'; card: Card }  // the citizen wrote in one of my conversations that is not open
  | { kind: 'connection'; state: 'live' | 'lost' };
