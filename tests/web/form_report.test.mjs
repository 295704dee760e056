// A fault is reported through the widget and read at the desk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Chat, openPage, startBrowser, startService } from './harness/index.mjs';
import { Desk, agentLogin } from './harness/desk.mjs';

const kWords = 'ved kaia <b>ikkje feit</b>';

let browser, service, agent, citizen;
before(async () => {
  browser = await startBrowser();
  service = await startService();
  agent = await openPage(browser, { size: { width: 1440, height: 900 } });
  citizen = await openPage(browser);
});
after(async () => {
  await browser.close();
  await service.stop();
});

test('a form is filled in by buttons and words, sent, and read as label and value', async () => {
  const desk = await Desk.open(agent, service.url);
  await desk.signIn(await agentLogin(service));
  const chat = await Chat.open(citizen, `${service.url}/demo/osteroy`);
  await chat.say('korleis melder eg at eit gatelys er mørkt?');
  await chat.button('Meld feil no').click();
  await chat.answer('Kvar er feilen?');
  await chat.say(kWords);
  await chat.answer('Kva er gale?');
  await chat.say('lampa blinkar');
  await chat.answer('telefonnummer eller e-post');
  await chat.button('Hopp over').click();
  const summary = (await (await chat.answer('Slik vert meldinga')).locator('.bubble').innerText()).split('\n');
  for (const line of ['Gjeld: Gatelys', `Stad: ${kWords}`, 'Feil: lampa blinkar', 'Kontakt: ikkje oppgjeve']) {
    assert.ok(summary.includes(line), `${line} in ${summary.join(' | ')}`);
  }
  await chat.button('Send meldinga').click();
  const told = await (await chat.answer('Referanse:')).innerText();
  const reference = /Referanse: (\S+)/.exec(told)[1];

  await desk.row('Ventar', 'Osterøy').getByText('Skjema: feil på gatelys').waitFor();
  await desk.open('Ventar', 'Osterøy');
  const form = desk.context.locator('.filled-form');
  await form.waitFor();
  const read = await form.innerText();
  for (const part of ['Gatelys', kWords, 'lampa blinkar', 'ikkje oppgjeve', reference]) {
    assert.ok(read.includes(part), `${part} in ${read}`);
  }
  assert.equal(await form.locator('b').count(), 0);
});
