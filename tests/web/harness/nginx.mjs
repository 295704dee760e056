// nginx with the site of deploy/nginx, on free loopback ports, with a certificate made for the occasion.
//
//   const proxy = await startNginx({ upstreamPort });
//   proxy.port, proxy.plainPort, proxy.authority   the TLS port, the http port, the certificate as PEM
//   await proxy.stop()
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root } from './paths.mjs';
import { until } from './until.mjs';

export const kHost = 'chat.example.no';

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => { server.close(); return once(server, 'close'); }));
  return ports;
}

function certificate(folder) {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-days', '2', '-subj', `/CN=${kHost}`, '-addext', `subjectAltName=DNS:${kHost}`,
    '-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')], { stdio: 'ignore' });
}

/** The shipped file with its ports, folders and service exchanged, each exactly as often as it must stand there. */
function site(folder, { port, plainPort, upstreamPort }) {
  let text = readFileSync(join(root, 'deploy/nginx/svarsentral.conf'), 'utf8');
  const exchange = (from, to, times) => {
    const parts = text.split(from);
    const found = parts.length - 1;
    if (found !== times) throw new Error(`«${from}» stands ${found} times in the site, not ${times}`);
    text = parts.join(to);
  };
  exchange('listen [::]:80;', '', 1);
  exchange('listen [::]:443 ssl http2;', '', 1);
  exchange('listen 80;', `listen 127.0.0.1:${plainPort};`, 1);
  exchange('listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`, 1);
  exchange(`/etc/letsencrypt/live/${kHost}`, folder, 2);
  exchange('/var/log/nginx/svarsentral.log', join(folder, 'site.log'), 1);
  exchange('http://127.0.0.1:8080;', `http://127.0.0.1:${upstreamPort};`, 2);
  return text;
}

function configuration(folder) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path ${join(folder, kind)};`).join('\n');
  return `daemon off;\nmaster_process off;\nworker_processes 1;
pid ${join(folder, 'pid')};\nerror_log ${join(folder, 'error.log')};
events { worker_connections 512; }\nhttp {\n${temporary}\n  include ${join(folder, 'site.conf')};\n}\n`;
}

async function answers(port) {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

export async function startNginx({ upstreamPort }) {
  const folder = mkdtempSync(join(tmpdir(), 'svarsentral-nginx-'));
  mkdirSync(join(folder, 'client_body'));
  certificate(folder);
  const [port, plainPort] = await freePorts(2);
  writeFileSync(join(folder, 'site.conf'), site(folder, { port, plainPort, upstreamPort }));
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder));
  const child = spawn('/usr/sbin/nginx',
    ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { said += text; });
  child.on('error', (error) => { said += error; });
  await until(() => {
    if (child.exitCode !== null || said.includes('ENOENT')) throw new Error(`nginx did not start: ${said}`);
    return answers(port);
  }, { what: 'nginx to listen' });
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const authority = readFileSync(join(folder, 'fullchain.pem'));
  return { port, plainPort, stop, authority, log: join(folder, 'site.log') };
}
