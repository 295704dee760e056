// Links that the service sent, and only those: nothing inside a text is made into one.
import type { Texts } from '../texts';
import type { Link } from '../wire/frames';
import { element, icon } from './dom';

const kSchemes = ['http:', 'https:', 'mailto:', 'tel:'];

function safeUrl(address: string): URL | undefined {
  try {
    const url = new URL(address);
    return kSchemes.includes(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

// Where it leads, for the eye: the host, the address or the number.
function destination(url: URL): string {
  return url.host ? url.host.replace(/^www\./, '') : decodeURIComponent(url.pathname);
}

function linkItem(link: Link, texts: Texts): HTMLElement | undefined {
  const url = safeUrl(link.url);
  if (!url) return undefined;
  const leaves = url.host !== '';
  const where = destination(url);
  const shown = link.label || where;
  const anchor = element(
    'a',
    {
      href: url.href,
      target: leaves && '_blank',
      rel: 'noopener noreferrer',
    },
    element('span', { class: 'label' }, shown),
    leaves && icon('out'),
    shown !== where && element('span', { class: 'host' }, where),
    leaves && element('span', { class: 'hidden' }, ` (${texts.get('newTab')})`),
  );
  return element(
    'li', {}, anchor, link.sample && element('span', { class: 'sample' }, texts.get('sampleLink')));
}

export function linkList(links: Link[] | undefined, texts: Texts): HTMLElement | undefined {
  const items = (links ?? []).map((link) => linkItem(link, texts)).filter((item) => item !== undefined);
  if (!items.length) return undefined;
  return element('ul', { class: 'links', 'aria-label': texts.get('links') }, ...items);
}
