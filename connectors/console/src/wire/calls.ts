// The desk's HTTP calls. A call never throws: it ends in the answer or in a Refusal that says who refused.
import type { Agent, Availability, Card, Colleague, FoundArticle, HeldBy, Opened, Reply } from './types';

export interface Refusal {
  // 'unreachable': nobody answered, so it is unknown whether the call took effect; the same id may be sent again.
  code: string;
  status: number;
  text: string;
  retry_after_ms?: number;
  held_by?: HeldBy;
}

// Worth sending again unchanged.
export function isPassing({ status, code }: Refusal): boolean {
  return code === 'unreachable' || status === 401 || status === 429 || status >= 500;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

const kCallTimeoutMs = 15_000;

let preferredLanguage = 'nn';
export function preferLanguage(language: string): void {
  preferredLanguage = language;
}

function unreachable(): Answer<never> {
  return { ok: false, refusal: { code: 'unreachable', status: 0, text: '' } };
}

function heldBy(value: unknown): HeldBy | undefined {
  if (typeof value === 'string') return { name: value, display_name: value };
  if (!value || typeof value !== 'object') return undefined;
  const { name = '', display_name = name } = value as Partial<HeldBy>;
  return { name, display_name };
}

async function refusalOf(response: Response): Promise<Answer<never>> {
  let body: Record<string, unknown> = {};
  try {
    body = (await response.json()) as Record<string, unknown>;
  } catch {
    // A proxy's error page: the status alone has to do.
  }
  const error = (body.error ?? {}) as Record<string, unknown>;
  const retry = error.retry_after_ms ?? body.retry_after_ms;
  const unknownOutcome = response.status >= 502 && response.status <= 504;
  return {
    ok: false,
    refusal: {
      code: String(error.code ?? (unknownOutcome ? 'unreachable' : `http_${response.status}`)),
      status: response.status,
      text: String(error.text ?? ''),
      retry_after_ms: typeof retry === 'number' ? retry : undefined,
      held_by: heldBy(error.held_by ?? body.held_by),
    },
  };
}

export async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer<T>> {
  const headers: Record<string, string> = { 'Accept-Language': preferredLanguage };
  if (method === 'POST') {
    headers['Content-Type'] = 'application/json';
    headers['X-Svar-Desk'] = '1';
  }
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), kCallTimeoutMs);
  try {
    const response = await fetch(`/desk/v1/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: timeout.signal,
    });
    if (!response.ok) return await refusalOf(response);
    const text = await response.text();
    return { ok: true, value: (text ? JSON.parse(text) : {}) as T };
  } catch {
    return unreachable();
  } finally {
    clearTimeout(timer);
  }
}

const at = (id: string, verb = '') => `conversations/${encodeURIComponent(id)}${verb && `/${verb}`}`;

export const signIn = (name: string, password: string, code = '') =>
  call<{ agent: Agent }>('POST', 'login', code ? { name, password, code } : { name, password });
export const signOut = () => call<unknown>('POST', 'logout', {});
export const whoAmI = () => call<{ agent: Agent }>('GET', 'me');
export const openConversation = (id: string) => call<Opened>('GET', at(id));
export const takeConversation = (id: string) => call<{ card: Card }>('POST', at(id, 'take'), {});
export const sayInConversation = (id: string, messageId: string, text: string) =>
  call<{ seq: number; text?: string }>('POST', at(id, 'say'), { id: messageId, text });
// Sent again with the same command id, a command takes effect once.
export const actOnConversation = (id: string, verb: string, commandId: string, details: Record<string, string>) =>
  call<unknown>('POST', at(id, verb), { id: commandId, ...details });
export const sendAgain = (id: string, seq: number, evenIfTwice: boolean) =>
  call<unknown>('POST', at(id, 'send-again'), { seq, even_if_twice: evenIfTwice ? 1 : 0 });
export const keepDraft = (id: string, text: string) => call<unknown>('POST', at(id, 'draft'), { text });
export const repliesOf = (id: string) => call<{ replies: Reply[] }>('GET', at(id, 'replies'));
export const unitsOf = (id: string) => call<{ units: { id: string; name: string }[] }>('GET', at(id, 'units'));
export const takeNext = () => call<{ card: Card | null }>('POST', 'queue/next', {});
export const choosePresence = (availability: Availability) =>
  call<{ colleagues: Colleague[] }>('POST', 'presence', { availability });

export const searchArticles = (text: string, municipality: string, language: string) =>
  call<{ articles: FoundArticle[] }>('POST', 'articles/search', { text, municipality, language });

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
