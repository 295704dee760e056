// What the bot and the system say, as paragraphs, lists and bold words: text in, nodes out. Citizens' and agents'
// words never come here; they are shown letter by letter as written.
import { element } from './dom';

const kItem = /^(?:[-•*]|(\d{1,2})[.)])\s+(.*)$/;

// «**word**» is bold; every other character is itself.
export function withBold(text: string): (Node | string)[] {
  return text
    .split(/\*\*(.+?)\*\*/)
    .map((part, index) => (index % 2 ? element('strong', {}, part) : part))
    .filter((part) => part !== '');
}

function list(lines: RegExpExecArray[]): HTMLElement {
  const first = lines[0]?.[1];
  return element(
    first ? 'ol' : 'ul',
    { start: first && first !== '1' ? first : undefined },
    ...lines.map((line) => element('li', {}, ...withBold(line[2] ?? ''))),
  );
}

function paragraph(lines: string[]): HTMLElement {
  return element('p', {}, ...withBold(lines.join('\n')));
}

export function richText(text: string): HTMLElement[] {
  const blocks: HTMLElement[] = [];
  let plain: string[] = [];
  let items: RegExpExecArray[] = [];
  const flush = () => {
    if (plain.length) blocks.push(paragraph(plain));
    if (items.length) blocks.push(list(items));
    plain = [];
    items = [];
  };
  for (const line of text.split('\n')) {
    const item = kItem.exec(line.trim());
    const turns = item
      ? plain.length > 0 || Boolean(items[0]?.[1]) !== Boolean(item[1])
      : items.length > 0 || line.trim() === '';
    if (turns) flush();
    if (item) items.push(item);
    else if (line.trim()) plain.push(line);
  }
  flush();
  return blocks;
}
