// People's words are shown as words: never as markup, never as links, and what cannot be seen is made visible, so that
// nobody can hide or reverse text in front of an agent.
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts';

// Bidirectional controls, zero-width and other invisible characters, tag characters, and controls except tab and line
// feed. A joiner inside an emoji is part of it.
const kInvisible = new RegExp(
  '([\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e' +
    '\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb' +
    '\\u{e0000}-\\u{e007f}]|(?<!\\p{Emoji}|\\ufe0f)\\u200d)',
  'u',
);

export function VisibleText({ text }: { text: string }) {
  const texts = useTexts();
  const clean = text.replace(/\r\n?/g, '\n');
  const parts: ReactNode[] = clean.split(kInvisible).map((part, index) => {
    if (index % 2 === 0) return part;
    const code = `U+${part.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    return (
      <span key={index} className="control" title={texts.transcript.control(code)}>
        {code}
      </span>
    );
  });
  return <bdi className="words">{parts}</bdi>;
}

// The address when it is one we would follow, else null.
export function followable(url: string): string | null {
  try {
    const parsed = new URL(url);
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
