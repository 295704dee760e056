// Until when the platform takes an answer, where there is such a time.
import type { Card } from '../wire/types';
import { stampOf, useNow } from './clock';
import { useDesk } from './desk_context';

export interface ReplyWindow {
  when: string;  // as agents read times
  isClosed: boolean;
}

export function useReplyWindow(card: Card | null): ReplyWindow | null {
  const { clockAheadMs } = useDesk();
  const until = card?.reply_until ?? null;
  const now = useNow(until !== null) + clockAheadMs;
  return until === null ? null : { when: stampOf(until), isClosed: now > Date.parse(until) };
}
