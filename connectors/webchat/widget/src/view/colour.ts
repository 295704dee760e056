// The municipality's colour, made readable: white or black on it, and a lighter or darker shade of it for text and
// borders on the panel's own ground. Contrast as WCAG 2 reckons it.

type Rgb = [number, number, number];

const kTextContrastMin = 4.5;
const kDarkContrastMin = 6;  // thin light letters on dark need more to read as well
const kDefault = '#0062ba';
const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

function rgb(hex: string): Rgb {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function hex(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const s = part / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function mix(a: Rgb, b: Rgb, part: number): Rgb {
  return a.map((value, i) => value + ((b[i] ?? 0) - value) * part) as Rgb;
}

function readableOn(colour: Rgb, ground: Rgb, least: number): Rgb {
  const towards = luminance(ground) > 0.18 ? black : white;
  for (let part = 0; part < 1; part += 0.05) {
    const shade = mix(colour, towards, part);
    if (contrast(shade, ground) >= least) return shade;
  }
  return towards;
}

// The custom properties that styles.css builds on. A colour that is none is replaced by the theme's own.
export function colourSheet(wished: string | undefined): string {
  const base = rgb(/^#[0-9a-f]{6}$/i.test(wished ?? '') ? (wished as string) : kDefault);
  const on = contrast(base, white) >= kTextContrastMin ? white : black;
  const lightGround = rgb('#f3f3f4');
  const darkGround = rgb('#24272b');
  const properties = (accent: Rgb, tint: Rgb) => `--accent:${hex(accent)};--tint:${hex(tint)};`;
  return (
    `:host{--brand:${hex(base)};--on-brand:${hex(on)};` +
    `${properties(readableOn(base, lightGround, kTextContrastMin), mix(base, white, 0.9))}}` +
    `@media (prefers-color-scheme:dark){:host{` +
    `${properties(readableOn(base, darkGround, kDarkContrastMin), mix(base, rgb('#181a1d'), 0.75))}}}`
  );
}
