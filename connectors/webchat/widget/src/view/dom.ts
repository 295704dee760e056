// Small makers of elements. Text goes in as text nodes only; there is no way to hand markup in.

type Attributes = Record<string, string | boolean | undefined>;
type Child = Node | string | undefined | false;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

export function button(
  kind: string, pressed: (event: MouseEvent) => void, ...children: Child[]
): HTMLButtonElement {
  const made = element('button', { type: 'button', class: kind }, ...children);
  made.addEventListener('click', pressed);
  return made;
}

// Drawings on a grid of 24, strokes in the text's colour. Decoration: the words beside them say it all.
const drawings = {
  chat: 'M4 5h16v11H9l-5 4z M8 9h8 M8 12h5',
  robot: 'M5 9h14v10H5z M12 9V5 M12 4v.01 M9 13v1.5 M15 13v1.5 M3 13v3 M21 13v3',
  person: 'M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8z M4.5 20c.7-3.6 3.7-5.5 7.5-5.5s6.8 1.9 7.5 5.5',
  down: 'M5 9l7 7l7-7',
  menu: 'M4.5 12h1 M11.5 12h1 M18.5 12h1',
  send: 'M4 12h15 M13 6l6 6l-6 6',
  out: 'M8 5H5v14h14v-3 M12 5h7v7 M19 5l-8 8',
  alert: 'M12 3.5L22 20.5H2z M12 10v4.5 M12 17.5v.01',
  info: 'M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18z M12 11v5.5 M12 7.5v.01',
  save: 'M12 4v11 M7 10.5l5 5l5-5 M5 20h14',
  device: 'M7 3h10v18H7z M11 18h2',
  end: 'M6 6l12 12 M18 6L6 18',
  bin: 'M4 7h16 M9 7V4h6v3 M6.5 7l1 13h9l1-13 M10 11v5 M14 11v5',
  yes: 'M5 12.5l4.5 4.5L19 7.5',
} as const;

export type IconName = keyof typeof drawings;

export function icon(name: IconName): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', drawings[name]);
  svg.append(path);
  return svg;
}

// One id per maker, unique in the shadow root.
let made = 0;
export function freshId(): string {
  made += 1;
  return `i${made}`;
}
