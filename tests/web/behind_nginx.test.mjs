// The site of deploy/nginx and the unit of deploy/systemd, as an operator installs them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import tls from 'node:tls';

import { startService } from './harness/index.mjs';
import { kHost, startNginx } from './harness/nginx.mjs';
import { binary, root } from './harness/paths.mjs';
import { until } from './harness/until.mjs';

const { WebSocket } = createRequire(import.meta.url)('ws');

/** Stands where the service would, keeps the bytes of every request and answers each. */
async function recorder() {
  const requests = [];
  const server = createServer((socket) => {
    let bytes = '';
    socket.setEncoding('latin1').on('error', () => {}).on('data', (piece) => {
      bytes += piece;
      const end = bytes.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(bytes)?.[1] ?? 0);
      if (end < 0 || bytes.length < end + 4 + length) return;
      requests.push(bytes);
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, requests, close: () => server.close() };
}

/** Sends these bytes over TLS; what came back until the connection ended. */
async function raw(proxy, bytes) {
  const socket = tls.connect({ port: proxy.port, host: '127.0.0.1', servername: kHost, ca: proxy.authority });
  await once(socket, 'secureConnect');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => { answer += text; }).on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

const head = (line, ...fields) => [line, ...fields, 'Connection: close', '', ''].join('\r\n');
const kHostField = `Host: ${kHost}`;

const recorded = await recorder();
const front = await startNginx({ upstreamPort: recorded.port });
after(async () => { await front.stop(); recorded.close(); });

const service = await startService({
  'http.behind_proxy': true, 'http.trusted_proxies': '127.0.0.1', 'webchat.public_origins': `https://${kHost}` });
const proxy = await startNginx({ upstreamPort: service.port });
after(async () => { await proxy.stop(); await service.stop(); });

/** Status, headers and body of a GET through the proxy, its certificate checked. */
function get(path, headers = {}) {
  return new Promise((resolve, reject) => {
    https.get({ port: proxy.port, host: '127.0.0.1', servername: kHost, ca: proxy.authority, path,
      headers: { Host: kHost, ...headers } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => { body += text; });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    }).on('error', reject);
  });
}

test('the service is reached over TLS, says so to the browser, and keeps its figures to itself', async () => {
  const page = await get('/demo/osteroy');
  assert.equal(page.status, 200);
  assert.equal(page.headers['strict-transport-security'], 'max-age=31536000');
  assert.equal((await get('/healthz')).status, 200);
  for (const path of ['/metrics', '/readyz']) assert.equal((await get(path)).status, 404, path);
});

test('http is sent on to https, under the configured name whatever the client says', async () => {
  const socket = connect(proxy.plainPort, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => { answer += text; });
  socket.write('GET /desk/?a=1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
  await once(socket, 'close');
  assert.match(answer, /^HTTP\/1\.1 301 /);
  assert.match(answer, /\r\nLocation: https:\/\/chat\.example\.no\/desk\/\?a=1\r\n/);
});

test('a citizen chats over a WebSocket through the proxy', async () => {
  const socket = new WebSocket(`wss://127.0.0.1:${proxy.port}/chat/v1/socket`,
    { origin: `https://${kHost}`, servername: kHost, ca: proxy.authority, headers: { Host: kHost } });
  const frames = [];
  socket.on('message', (data) => frames.push(JSON.parse(data)));
  await once(socket, 'open');
  const frame = (wanted, what) => until(() => frames.find(wanted), { what });
  socket.send(JSON.stringify({ type: 'hello', site: 'osteroy' }));
  await frame((each) => each.type === 'welcome', 'the welcome');
  socket.send(JSON.stringify({ type: 'say', id: 'm1', text: 'når vert bosset tømt' }));
  await frame((each) => each.type === 'event' && each.from === 'bot', 'the answer');
  socket.terminate();
});

test('what a client claims about its address never reaches the service', async () => {
  recorded.requests.length = 0;
  await raw(front, head('GET /a HTTP/1.1', kHostField, 'X-Forwarded-For: 8.8.8.8', 'X-Forwarded-For: 9.9.9.9',
    'X-Real-IP: 8.8.8.8', 'Forwarded: for=8.8.8.8', 'X-Forwarded-Proto: http', 'Proxy: http://evil',
    'X_Forwarded_For: 8.8.8.8'));
  assert.equal(recorded.requests.length, 1);
  const [request] = recorded.requests;
  assert.deepEqual(request.match(/^x-forwarded-for: .*$/gim), ['X-Forwarded-For: 127.0.0.1']);
  assert.deepEqual(request.match(/^x-forwarded-proto: .*$/gim), ['X-Forwarded-Proto: https']);
  assert.doesNotMatch(request, /8\.8\.8\.8|9\.9\.9\.9|evil/);
});

test('a body in chunks arrives as one with a length, without what stood beside it', async () => {
  recorded.requests.length = 0;
  const fields = [kHostField, 'Transfer-Encoding: chunked', 'TE: trailers', 'Trailer: X-Forwarded-For'];
  const chunks = '3;a=b\r\nhei\r\n2\r\n!!\r\n0\r\nX-Forwarded-For: 8.8.8.8\r\n\r\n';
  const answer = await raw(front, head('POST /channels/v1/telegram/osteroy HTTP/1.1', ...fields) + chunks);
  assert.match(answer, /^HTTP\/1\.1 200 /);
  assert.equal(recorded.requests.length, 1);
  const [request] = recorded.requests;
  assert.match(request, /\r\nContent-Length: 5\r\n/);
  assert.ok(request.endsWith('\r\n\r\nhei!!'));
  assert.doesNotMatch(request, /transfer-encoding|8\.8\.8\.8|^te:|^trailer:/im);
});

const post = (...fields) => head('POST / HTTP/1.1', kHostField, ...fields);
const kChunked = 'Transfer-Encoding: chunked';

/** Requests that two programs can read in two ways, and some with more than there is room for. */
const ambiguous = {
  'an unknown coding': post('Transfer-Encoding: xchunked') + '5\r\nhello\r\n0\r\n\r\n',
  'a second coding': post('Transfer-Encoding: chunked, identity') + '0\r\n\r\n',
  'a length beside chunks': post('Content-Length: 6', kChunked) + '0\r\n\r\nGET',
  'chunks beside a length': post(kChunked, 'Content-Length: 6') + '0\r\n\r\nGET',
  'two lengths': post('Content-Length: 5', 'Content-Length: 6') + 'hello!',
  'a length with a sign': post('Content-Length: +5') + 'hello',
  'two hosts': head('GET / HTTP/1.1', kHostField, 'Host: evil.example'),
  'no host': head('GET / HTTP/1.1'),
  'chunks in HTTP/1.0': head('POST / HTTP/1.0', kHostField, kChunked) + '0\r\n\r\n',
  'a head of 40 kB': post(...[1, 2, 3, 4, 5].map((n) => `X-${n}: ${'a'.repeat(8000)}`)),
  'a body of 2 MB': post('Content-Length: 2000000') + 'x',
  'a broken chunk': post(kChunked) + 'zz\r\nhello\r\n0\r\n\r\n',
};

for (const [name, bytes] of Object.entries(ambiguous)) {
  test(`${name}: refused before it reaches the service`, async () => {
    recorded.requests.length = 0;
    assert.match(await raw(front, bytes), /^HTTP\/1\.[01] (4\d\d|501) /);
    assert.deepEqual(recorded.requests, []);
  });
}

test('a folded line and a name with a blank never arrive as they were sent', async () => {
  recorded.requests.length = 0;
  const fields = ['X-A: b', ' Transfer-Encoding: chunked', 'X-Forwarded-For : 8.8.8.8'];
  await raw(front, head('GET / HTTP/1.1', kHostField, ...fields));
  for (const request of recorded.requests) assert.doesNotMatch(request, /transfer-encoding|8\.8\.8\.8|\r\n[ \t]/i);
});

test('a webhook may be larger than a citizen’s message', async () => {
  recorded.requests.length = 0;
  const body = 'x'.repeat(3 << 20);
  const fields = [kHostField, `Content-Length: ${body.length}`];
  await raw(front, head('POST /channels/v1/whatsapp/osteroy HTTP/1.1', ...fields) + body);
  assert.equal(recorded.requests.length, 1);
});

test('the proxy writes down neither addresses nor queries', async () => {
  await get('/channels/v1/messenger/osteroy?hub.verify_token=kanarifugl');
  assert.equal(readFileSync(proxy.log, 'utf8'), '');
});

test('old TLS is refused', async () => {
  const socket = tls.connect({ port: front.port, host: '127.0.0.1', servername: kHost, ca: front.authority,
    minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
  await assert.rejects(once(socket, 'secureConnect'));
});

test('systemd accepts the unit as it stands and finds little that it leaves open', () => {
  const folder = mkdtempSync(join(tmpdir(), 'svarsentral-unit-'));
  try {
    const shipped = readFileSync(join(root, 'deploy/systemd/svarsentral.service'), 'utf8');
    const unit = join(folder, 'svarsentral.service');
    writeFileSync(unit, shipped.replace('/opt/svarsentral/svarsentral serve', `${binary} serve`)
      .replace('file:///opt/svarsentral/README.md', 'https://example.no'));
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
    assert.equal(verified.status, 0, verified.stderr);
    assert.equal(verified.stderr.split('\n').filter((line) => line.includes('svarsentral.service')).join('\n'), '');
    const judged = spawnSync('systemd-analyze', ['security', '--offline=yes', '--threshold=15', unit],
      { encoding: 'utf8' });
    assert.equal(judged.status, 0, judged.stdout + judged.stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
