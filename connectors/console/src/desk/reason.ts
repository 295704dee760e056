// Why a conversation came to the desk, in words: a sent form says which.
import type { Texts } from '../texts/nn';
import type { Card } from '../wire/types';

export function reasonOf(card: Card, texts: Texts): string {
  if (card.reason !== 'form' || !card.form) return texts.reason(card.reason);
  const { code } = texts;
  return texts.sentForm(code === 'nb' || code === 'en' ? card.form[code] : card.form.nn);
}

// Danger before anything else.
export function whyOf(card: Card, texts: Texts): string {
  return card.safety ? texts.safety(card.safety) : reasonOf(card, texts);
}
