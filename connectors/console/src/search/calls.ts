// Earlier conversations over HTTP.
import { call } from '../wire/calls';
import type { HeldBy, MunicipalityName } from '../wire/types';

export interface FoundTranscript {
  id: string;
  municipality: MunicipalityName;
  channel: string;
  language: string;
  opened_at: string;
  last_at: string;
  closed: boolean;
  outcome: string | null;
  topic: string | null;
  topic_title: string | null;
  agents: HeldBy[];
}

// As the agent has filled it in; empty: not asked for. Dates are days of the calendar.
export interface Search {
  words: string;
  municipality: string;
  topic: string;
  outcome: string;
  agent: string;
  from: string;
  to: string;
  state: '' | 'closed';
}

export const kNoSearch: Search = {
  words: '', municipality: '', topic: '', outcome: '', agent: '', from: '', to: '', state: '' };

export interface Choices {
  municipalities: { id: string; name: string }[];
  topics: { id: string; title: string }[];
  agents: HeldBy[];
}

export interface Page {
  found: FoundTranscript[];
  before: string | null;
}

// The beginning of a day, or of the one after it.
function dayBegins(date: string, daysLater = 0): string {
  const day = new Date(`${date}T00:00`);
  if (Number.isNaN(day.getTime())) return '';
  day.setDate(day.getDate() + daysLater);
  return day.toISOString();
}

export function findTranscripts(search: Search, before = '') {
  const asked: Record<string, string> = {
    ...search, from: search.from && dayBegins(search.from), to: search.to && dayBegins(search.to, 1), before };
  const filled = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
  return call<Page>('POST', 'transcripts/search', filled);
}

export const searchChoices = () => call<Choices>('GET', 'transcripts/choices');
