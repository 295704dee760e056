// An agent who signs in and takes every conversation that waits.
import { once } from 'node:events';

import { WebSocket } from '../proofs/service_process.mjs';

const AT_ONCE = 8;

async function signIn(service) {
  const response = await fetch(`${service.origin}/desk/v1/login`, { method: 'POST', headers: headersOf(service),
    body: JSON.stringify(service.firstLogin()) });
  if (!response.ok) throw new Error(`signing in was answered ${response.status}`);
  return response.headers.get('set-cookie').split(';')[0];
}

const headersOf = (service, cookie) => ({ Origin: service.origin, 'Content-Type': 'application/json',
  'X-Svar-Desk': '1', ...(cookie && { Cookie: cookie }) });

/** The overview that a desk socket begins with. */
async function overview(service, cookie) {
  const socket = new WebSocket(`${service.origin.replace('http', 'ws')}/desk/v1/socket`,
    { origin: service.origin, headers: { Cookie: cookie }, perMessageDeflate: false });
  const [data] = await once(socket, 'message');
  socket.terminate();
  return JSON.parse(data);
}

async function take(service, cookie, id) {
  const response = await fetch(`${service.origin}/desk/v1/conversations/${id}/take`,
    { method: 'POST', headers: headersOf(service, cookie), body: '{}' });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`taking ${id} was answered ${response.status}`);
}

/** Takes all that waits, which must be `count`. @returns the session's cookie */
export async function takeEverything(service, count) {
  const cookie = await signIn(service);
  const { waiting } = await overview(service, cookie);
  if (waiting.length !== count) throw new Error(`${waiting.length} conversations wait, not ${count}`);
  const left = waiting.map((card) => card.id);
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let id = left.pop(); id; id = left.pop()) await take(service, cookie, id);
  }));
  return cookie;
}
