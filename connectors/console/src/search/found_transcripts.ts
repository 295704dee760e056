// What a search has found: asked anew when it changes, when another conversation comes or leaves the desk, and further
// back page by page.
import { useEffect, useState } from 'react';
import { useDesk } from '../desk/desk_context';
import type { Refusal } from '../wire/calls';
import { findTranscripts, type FoundTranscript, type Search } from './calls';

const kRestMs = 300;

export interface Found {
  of: Search;
  found: readonly FoundTranscript[];
  before: string | null;
  refusal: Refusal | null;
}

export function useFoundTranscripts(search: Search) {
  const { cards, connection } = useDesk();
  const [found, setFound] = useState<Found | null>(null);
  const atDesk = [...cards.byId.values()].map(({ id, owner }) => `${id}${owner}`).sort().join();
  useEffect(() => {
    let isLate = false;
    const timer = setTimeout(async () => {
      const answer = await findTranscripts(search);
      if (isLate) return;
      const empty = { of: search, found: [], before: null };
      setFound(answer.ok ? { of: search, ...answer.value, refusal: null } : { ...empty, refusal: answer.refusal });
    }, kRestMs);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [search, atDesk, connection]);
  const further = async () => {
    if (!found?.before) return;
    const answer = await findTranscripts(search, found.before);
    setFound((now) => {
      if (now?.of !== search) return now;
      if (!answer.ok) return { ...now, refusal: answer.refusal };
      return { ...now, found: [...now.found, ...answer.value.found], before: answer.value.before, refusal: null };
    });
  };
  return { found, further };
}
