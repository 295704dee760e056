// A thread that asks one site for far more than the service can do, and asks again as soon as it is answered.
import net from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

import { FrameReader, textFrame, upgradeRequest } from './raw_socket.mjs';

const { port, origin, site, connections, outstanding } = workerData;
const counts = { asked: 0, acknowledged: 0, shed: 0, without_retry: 0, other_errors: 0, open: 0, ended: 0 };

function ask(connection, count) {
  const frames = [];
  for (let i = 0; i < count; ++i) {
    connection.number += 1;
    counts.asked += 1;
    frames.push(textFrame(`{"type":"say","id":"f${connection.number}","text":"når vert bosset tømt"}`));
  }
  connection.socket.write(Buffer.concat(frames));
}

/** The kind stands at the frame's beginning; parsing each would make the flood a trickle. */
function take(connection, payload) {
  const text = payload.toString('latin1');
  if (text.startsWith('{"type":"ack"')) {
    counts.acknowledged += 1;
    connection.due += 1;
  } else if (text.startsWith('{"type":"error"')) {
    const error = JSON.parse(payload.toString());
    if (error.code !== 'overloaded') counts.other_errors += 1;
    else counts.shed += 1;
    if (!(error.retry_after_ms >= 1000) || !error.text) counts.without_retry += 1;
    connection.due += 1;
  } else if (text.startsWith('{"type":"welcome"')) {
    counts.open += 1;
  }
}

function open() {
  const connection = { number: 0, due: 0, head: '', upgraded: false };
  const reader = new FrameReader((opcode, payload) => { if (opcode === 1) take(connection, payload); });
  connection.socket = net.connect({ port, host: '127.0.0.1', noDelay: true }, () => {
    connection.socket.write(upgradeRequest(origin));
  });
  connection.socket.on('data', (bytes) => {
    if (connection.upgraded) {
      reader.feed(bytes);
      if (connection.due && connection.number) ask(connection, connection.due);
      connection.due = 0;
      return;
    }
    connection.head += bytes.toString('latin1');
    if (!connection.head.endsWith('\r\n\r\n')) return;
    connection.upgraded = true;
    connection.socket.write(textFrame(JSON.stringify({ type: 'hello', site })));
  });
  connection.socket.on('error', () => {});
  connection.socket.on('close', () => { counts.ended += 1; });
  return connection;
}

const all = Array.from({ length: connections }, open);
parentPort.on('message', (what) => {
  if (what === 'flood') all.forEach((connection) => ask(connection, outstanding));
  if (what === 'count') parentPort.postMessage({ ...counts });
});
