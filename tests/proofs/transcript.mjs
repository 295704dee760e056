// A conversation as the public protocol gives it, read from the first event over a socket of its own.
import { WebSocket } from './service_process.mjs';

/** Every event of the conversation; what came within five seconds when it never ends. */
export function readTranscript(service, site, conversation, token) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(service.socketUrl, { origin: service.origin, perMessageDeflate: false });
    const events = [];
    let last = Infinity;
    const finish = () => {
      clearTimeout(timer);
      socket.terminate();
      resolve(events);
    };
    const timer = setTimeout(finish, 5_000);
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', site,
      resume: { conversation, token, after: 0 } })));
    socket.on('message', (data) => {
      const frame = JSON.parse(data);
      if (frame.type === 'welcome') last = frame.seq;
      if (frame.type === 'event') events.push(frame);
      if (last === 0 || (events.length > 0 && events.at(-1).seq >= last)) finish();
    });
  });
}
