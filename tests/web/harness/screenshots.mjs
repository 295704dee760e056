// A picture in build/screenshots/<name>.png, after fonts have loaded.
import { screenshotPath } from './paths.mjs';

export async function screenshot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: screenshotPath(name), animations: 'disabled', caret: 'hide' });
}
