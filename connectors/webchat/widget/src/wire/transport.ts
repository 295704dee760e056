// One connection's life: opened once (the first welcome has come), frames in order, ended once. A transport never
// comes back to life; connection.ts makes the next one.
import type { ClientFrame, ServerFrame } from './frames';

export interface Ending {
  opened: boolean;  // a frame of the server was received
  silent: boolean;  // nothing came at all, not even a refusal
  refused: boolean;  // the server does not want this page; coming back does not help
  retryAfterMs: number;  // the server's wish, 0 when it has none
}

export interface Sink {
  received(frame: ServerFrame): void;
  ended(ending: Ending): void;
}

export interface Transport {
  send(frame: ClientFrame): void;  // after the first frame was received; lost when the connection ends
  check(): void;  // ask for a sign of life now: the network or the screen has just come back
  end(): void;  // quietly: the sink hears nothing more
}

// Nothing in a frame is trusted to be what it says: a text that is no object with a type is dropped.
export function frameOf(value: unknown): ServerFrame | undefined {
  const frame = value as ServerFrame | null;
  return frame && typeof frame === 'object' && typeof frame.type === 'string' ? frame : undefined;
}
