// «svarsentral user» and «svarsentral audit» beside a running service, and without one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { binary, root, startService } from './harness/index.mjs';

let service;
before(async () => { service = await startService(); });
after(async () => {
  await service.stop();
  rmSync(service.folder, { recursive: true, force: true });
});

function run(command, ...args) {
  const ran = spawnSync(binary, [...command.split(' '), '--data', service.folder, ...args], {
    cwd: root, encoding: 'utf8', input: 'hest-batteri-stift\n' });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

function call(method, path, body, cookie = '') {
  return fetch(`${service.url}/desk/v1/${path}`, { method, headers: {
    Cookie: cookie, Origin: service.url, 'Content-Type': 'application/json', 'X-Svar-Desk': '1' },
  body: body && JSON.stringify(body) });
}

async function signIn(name) {
  const answer = await call('POST', 'login', { name, password: 'hest-batteri-stift' });
  return { status: answer.status, cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] };
}

test('an account made on the command line signs in at once, and is out at once when it is disabled', async () => {
  const added = run('user add kari --right agent:gulen --password-stdin --display-name Kari --json');
  assert.equal(added.code, 0, added.err);
  assert.equal(JSON.parse(added.out).person.rights, 'agent:gulen');
  const { status, cookie } = await signIn('kari');
  assert.equal(status, 200);
  assert.equal(run('user roles kari --right agent:osteroy').code, 0);
  const me = await (await call('GET', 'me', undefined, cookie)).json();
  assert.deepEqual(me.agent.municipalities, ['osteroy']);
  assert.equal(run('user disable kari').code, 0);
  assert.equal((await call('GET', 'me', undefined, cookie)).status, 401);
  assert.equal((await signIn('kari')).status, 401);
  assert.equal(run('user enable kari').code, 0);
  assert.equal((await signIn('kari')).status, 200);
});

test('an invitation is a link, a made password is shown once, and what is wrong is said', () => {
  assert.match(run('user invite nora --right agent:gulen').out, /\/desk\/#invitation=[\w-]{43}\n/);
  assert.match(run('user add per --right editor:*').out, /^password: [a-z2-9-]{24}$/m);
  const refused = (line, why) => {
    const { code, err } = run(line);
    assert.equal(code, 1, line);
    assert.match(err, why, line);
  };
  refused('user add kari --right agent:gulen', /taken/);
  refused('user add ny --right agent:atlantis', /no such municipality/);
  refused('user add ny --right boss:gulen', /rights are/);
  refused('user add Ny --right agent:gulen', /user name is/);
  refused('user disable nobody', /no such account/);
  refused('user disable administrator', /system administrator/);
  assert.equal(run('user').code, 2);
  assert.equal(run('user add ny').code, 2);
  assert.equal(run('audit --kind nonsense').code, 2);
  assert.match(run('user --help').out, /reset-totp/);
  const { people } = JSON.parse(run('user list --json').out);
  assert.deepEqual(people.map(({ name }) => name), ['administrator', 'agent', 'kari', 'nora', 'per']);
});

test('the audit log is read as JSON and as CSV, by municipality and kind', () => {
  const lines = run('audit --json --agent kari').out.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(new Set(lines.map(({ kind }) => kind)), new Set(['invited', 'invitation_accepted', 'signed_in',
    'rights_changed', 'disabled', 'enabled', 'sign_in_failed']));
  assert.equal(lines.find(({ kind }) => kind === 'disabled').who, '(operator)');
  const csv = run('audit --csv --kind rights_changed').out.trim().split('\n');
  assert.equal(csv[0], 'number,at,kind,who,about,conversation,why');
  assert.match(csv[1], /^\d+,\d{4}-.*Z,rights_changed,\(operator\),kari,,agent:osteroy$/);
  assert.equal(csv.length, 2);
  assert.ok(!run('audit --json --municipality vaksdal').out.includes('kari'));
});

test('without a service the command does it itself', async () => {
  await service.kill();
  assert.equal(run('user reset-totp kari').code, 0);
  assert.equal(run('user remove per').code, 0);
  assert.ok(!run('user list').out.includes('per '));
  assert.match(run('audit').out, /removed/);
  await service.start();
  assert.equal((await signIn('kari')).status, 200);
});
