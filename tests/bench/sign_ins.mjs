// People who sign in at the desk, as a process of their own: what they cost must not be what the citizens feel.
//
// Started with fork(). Is sent {origin, count, round} and answers {answers: {status: how many}} when all are
// answered. Wrong passwords cost as much as right ones; each comes under a name of its own and each round from an
// address of its own, so that no throttle cuts them short. It runs at the lowest priority: people sit at machines of
// their own, and the burst of fifty requests must not take a core from the service that is measured.
import http from 'node:http';
import os from 'node:os';

os.setPriority(os.constants.priority.PRIORITY_LOW);

function signIn({ origin, round }, number) {
  const body = JSON.stringify({ name: `nobody-${round}-${number}`, password: 'wrong horse battery staple' });
  return new Promise((resolve) => {
    const request = http.request(`${origin}/desk/v1/login`, { method: 'POST', localAddress: `127.0.0.${round + 2}`,
      headers: { Origin: origin, 'Content-Type': 'application/json', 'X-Svar-Desk': '1' } }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    request.on('error', () => resolve('failed'));
    request.end(body);
  });
}

process.on('message', async (asked) => {
  const answers = {};
  const all = await Promise.all(Array.from({ length: asked.count }, (_, number) => signIn(asked, number)));
  for (const status of all) answers[status] = (answers[status] ?? 0) + 1;
  process.send({ answers });
});
