// A WebSocket client that can do what a library would not: read a byte a second or not at all, stop in the middle of
// a frame, send what it likes.
import net from 'node:net';

/** A text frame; masked with zeros, which leaves the payload as it is. */
export function textFrame(text, first = 0x81) {
  const payload = Buffer.from(text);
  const extended = payload.length > 125 ? 2 : 0;
  const frame = Buffer.alloc(6 + extended + payload.length);
  frame[0] = first;
  frame[1] = 0x80 | (extended ? 126 : payload.length);
  if (extended) frame.writeUInt16BE(payload.length, 2);
  payload.copy(frame, 6 + extended);
  return frame;
}

export const upgradeRequest = (origin) => 'GET /chat/v1/socket HTTP/1.1\r\n'
  + `Host: ${new URL(origin).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`
  + 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
  + `Origin: ${origin}\r\n\r\n`;

/** Cuts what a server sends into frames: calls back with (opcode, payload). */
export class FrameReader {
  constructor(take) {
    this.take = take;
    this.rest = Buffer.alloc(0);
  }

  feed(bytes) {
    let all = this.rest.length ? Buffer.concat([this.rest, bytes]) : bytes;
    for (;;) {
      if (all.length < 2) break;
      const short = all[1] & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (all.length < head) break;
      const size = short < 126 ? short : short === 126 ? all.readUInt16BE(2) : Number(all.readBigUInt64BE(2));
      if (all.length < head + size) break;
      this.take(all[0] & 0x0f, all.subarray(head, head + size));
      all = all.subarray(head + size);
    }
    this.rest = Buffer.from(all);
  }
}

/** Reads everything; `onFrame` gets each text frame parsed, `onClose` the close code (0 without one), once. */
export class TalkingSocket {
  constructor({ port, origin, hello, onFrame, onClose = () => {} }) {
    let upgraded = false;
    let code = 0;
    const reader = new FrameReader((opcode, payload) => {
      if (opcode === 8) code = payload.length >= 2 ? payload.readUInt16BE(0) : 0;
      if (opcode === 1) onFrame(JSON.parse(payload.toString()), this);
    });
    let head = Buffer.alloc(0);
    this.socket = net.connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      this.socket.write(upgradeRequest(origin));
    });
    this.socket.on('data', (bytes) => {
      if (upgraded) return reader.feed(bytes);
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      upgraded = true;
      this.say(hello);
      reader.feed(head.subarray(end + 4));
    });
    this.socket.on('error', () => {});
    this.socket.on('close', () => { this.closed = true; onClose(code); });
  }

  say(frame) {
    this.socket.write(textFrame(JSON.stringify(frame)));
  }

  destroy() {
    this.socket.destroy();
  }
}

/** Reads the answer to the upgrade byte by byte, says hello, and from then on nothing but what read() asks for. */
export class StuckSocket {
  constructor({ port, origin, hello, onOpen }) {
    let seen = '';
    const onread = { buffer: Buffer.alloc(1), callback: (count, buffer) => {
      if (this.isOpen) return false;
      seen += buffer.toString('latin1', 0, count);
      if (!seen.endsWith('\r\n\r\n')) return true;
      this.isOpen = true;
      this.socket.write(textFrame(JSON.stringify(hello)));
      onOpen();
      return false;
    } };
    this.socket = net.connect({ port, host: '127.0.0.1', onread }, () => {
      this.socket.write(upgradeRequest(origin));
    });
    this.socket.on('error', () => {});
  }

  /** One byte more. */
  read() {
    this.socket.resume();
  }

  destroy() {
    this.socket.destroy();
  }
}
