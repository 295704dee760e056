// Everything the citizen did that the server has not acknowledged, in order, over losses and page changes. The same
// thing is sent again after each welcome under the same id, which the server answers as before.
import type { Deed } from '../wire/frames';
import type { OutboxItem, SessionStore } from './session_store';

export class Outbox {
  constructor(private readonly store: SessionStore) {}

  items(): readonly OutboxItem[] {
    return this.store.get().outbox ?? [];
  }

  find(id: string): OutboxItem | undefined {
    return this.items().find((item) => item.deed.id === id);
  }

  holds(type: Deed['type']): boolean {
    return this.items().some((item) => item.deed.type === type && item.failed === undefined);
  }

  add(item: OutboxItem) {
    this.store.put({ outbox: [...this.items(), item] });
  }

  // The item as it was, when it was there.
  remove(id: string): OutboxItem | undefined {
    const item = this.find(id);
    if (item) this.store.put({ outbox: this.items().filter((other) => other !== item) });
    return item;
  }

  fail(id: string, why: string) {
    const item = this.find(id);
    if (item) item.failed = why;
    this.store.put({ outbox: [...this.items()] });
  }
}

// 80 random bits: unique within a conversation, and no secure context is needed for them.
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
