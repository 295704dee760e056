// The roster on the real service: a file that is read, changed, spoilt and mended while agents work.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { assertAccessible, openPage, screenshot, startBrowser, startService } from './harness/index.mjs';
import { Desk, agentLogin } from './harness/desk.mjs';
import { until } from './harness/until.mjs';

let browser, service, folder, file;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'svarsentral-roster-'));
  file = join(folder, 'roster.csv');
  writeRoster(['kari', 'ola']);
  browser = await startBrowser();
  service = await startService({ 'desk.roster': file });
});
after(async () => {
  await browser?.close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// On duty from yesterday until tomorrow, whatever the hour.
function writeRoster(names) {
  const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const shifts = [-1, 0, 1].flatMap((offset) => names.map((name) => `${day(offset)};00:00;24:00;${name}`));
  writeFileSync(file, ['date;from;to;account', ...shifts, ''].join('\n'));
}

test('who should be here is named, and who of them is missing; a spoilt file takes nobody away', async () => {
  const ola = await agentLogin(service, 'ola');
  const page = await openPage(browser, { size: { width: 1440, height: 900 } });
  const desk = await Desk.open(page, service.url);
  await desk.signIn(await agentLogin(service, 'kari'));
  const list = page.getByRole('region', { name: 'På vakt no' });
  await list.getByText('manglar').waitFor();
  const read = () => page.evaluate(async () => (await fetch('/desk/v1/roster')).json());
  assert.deepEqual((await read()).on.map(({ name, present }) => [name, present]), [['kari', true], ['ola', false]]);
  assert.equal(await list.getByText('manglar').count(), 1);
  await assertAccessible(page, 'the roster');
  await screenshot(page, 'desk-roster-1440-light');
  const other = await openPage(browser, {});
  await (await Desk.open(other, service.url)).signIn(ola);
  await list.getByText('manglar').waitFor({ state: 'detached' });
  writeFileSync(file, 'date;from;to;account\n2026-11-24;8;15;kari\n');
  await until(async () => (await read()).fault_line === 2, { withinMs: 20_000, what: 'the fault is told' });
  assert.equal((await read()).on.length, 2, 'the last good one holds');
  writeRoster(['ola']);
  await until(async () => (await read()).on.length === 1, { withinMs: 20_000, what: 'the new one holds' });
  assert.equal((await read()).fault_line, null);
  await other.context().close();
  await page.context().close();
});
