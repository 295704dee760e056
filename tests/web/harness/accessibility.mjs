// axe-core in the page as it stands now, shadow roots included. Fails with a report a person can act on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Runs through the debugger, which a page's content security policy does not bind.
export async function accessibilityFindings(page) {
  await page.evaluate(kAxe);
  const result = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), kTags);
  return result.violations.map((violation) => [
    `${violation.id} (${violation.impact}): ${violation.help}`,
    ...violation.nodes.map((node) => `    ${node.target.flat().join(' » ')}\n      ${
      node.failureSummary.replaceAll('\n', '\n      ')}`),
  ].join('\n'));
}

export async function assertAccessible(page, what) {
  const findings = await accessibilityFindings(page);
  assert.equal(findings.length, 0, `${what}: ${findings.length} findings\n${findings.join('\n')}`);
}
