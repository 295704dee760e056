// What one tab must remember between two pages of the same municipality, and nothing else: the key to the
// conversation and what has not arrived yet. sessionStorage only; empty until the citizen has pressed the button.
import type { Credentials, Deed, Language, Owner } from '../wire/frames';

export interface OutboxItem {
  deed: Deed;
  text: string;  // as the citizen sees it; empty for what is not a message
  failed?: string;  // why the server refused it; then it is not sent again by itself
}

export interface Memory {
  credentials?: Credentials | undefined;
  language?: Language | undefined;
  owner?: Owner;
  open?: boolean;
  polling?: boolean;
  draft?: string;
  outbox?: OutboxItem[];
}

export class SessionStore {
  private readonly key: string;
  private readonly memory: Memory;

  constructor(site: string) {
    this.key = `svar-chat:${site}`;
    this.memory = this.read();
  }

  get(): Readonly<Memory> {
    return this.memory;
  }

  // Storage that is full or forbidden costs the citizen only the memory between pages.
  put(change: Memory) {
    Object.assign(this.memory, change);
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.memory));
    } catch {
      return;
    }
  }

  forget() {
    for (const name of Object.keys(this.memory)) delete this.memory[name as keyof Memory];
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      return;
    }
  }

  private read(): Memory {
    try {
      const value: unknown = JSON.parse(sessionStorage.getItem(this.key) ?? '{}');
      return value && typeof value === 'object' ? (value as Memory) : {};
    } catch {
      return {};
    }
  }
}
