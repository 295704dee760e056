// People who sign in at the desk, as a process of their own: what they cost must not be what the citizens feel.
//
// Started with fork(). Is sent {origin, count, round} and answers {answers: {status: how many}} when all are
// answered. Wrong passwords cost as much as right ones; each comes under a name of its own and each round from an
// address of its own, so that no throttle cuts them short.
import http from 'node:http';

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
