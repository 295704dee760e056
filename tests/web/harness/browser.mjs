// Debian's Chromium, one per test file, and pages in contexts of their own.
//
//   const browser = await startBrowser();
//   const page = await openPage(browser, { sockets: 'blocked', colours: 'dark', size: phone });
//   page.faults          script errors and console errors so far (content security policy refusals too)
//   await browser.close()
import { chromium } from 'playwright-core';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 780 };
export const narrow = { width: 320, height: 640 };

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.SVAR_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic',
      '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync'],
  });
}

// sockets: 'allowed', or 'blocked' as in a network whose proxy refuses every upgrade.
// `context` takes further playwright options (acceptDownloads, ignoreHTTPSErrors, baseURL …).
export async function openPage(browser, {
  sockets = 'allowed', colours = 'light', size = desktop, reducedMotion = 'reduce',
  forcedColors = 'none', context: options = {},
} = {}) {
  const context = await browser.newContext({
    viewport: size, colorScheme: colours, reducedMotion, forcedColors, locale: 'nn-NO', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') page.faults.push(message.text());
  });
  if (sockets === 'blocked') await blockSockets(page);
  return page;
}

// Every socket fails a moment after it is made, before it opened.
export function blockSockets(page) {
  return page.addInitScript(() => {
    class BlockedSocket extends EventTarget {
      static CONNECTING = 0; static OPEN = 1; static CLOSING = 2; static CLOSED = 3;
      readyState = 0; onopen = null; onmessage = null; onerror = null; onclose = null;
      constructor(url) {
        super();
        this.url = String(url);
        queueMicrotask(() => {
          this.readyState = 3;
          this.#tell('error', new Event('error'));
          this.#tell('close', new CloseEvent('close', { code: 1006 }));
        });
      }
      #tell(name, event) {
        this[`on${name}`]?.(event);
        this.dispatchEvent(event);
      }
      send() { throw new DOMException('not open', 'InvalidStateError'); }
      close() {}
    }
    window.WebSocket = BlockedSocket;
  });
}
