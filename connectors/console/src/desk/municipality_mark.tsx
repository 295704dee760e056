// Which municipality a conversation belongs to: its name on its own colour, wherever the conversation is named.
import type { CSSProperties } from 'react';
import { useTexts } from '../texts/texts';
import type { MunicipalityName } from '../wire/types';
import { useDesk } from './desk_context';

const kHex = /^#[0-9a-f]{6}$/i;
// For a municipality whose colour has not been heard of; each has 4.5:1 against white.
const kSpare = ['#7a1f2b', '#1f5c3a', '#1d4e89', '#6b3fa0', '#8a4b08', '#0b5d66', '#5c4a1e'];

function spare(id: string): string {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)!) % 9973;
  return kSpare[sum % kSpare.length]!;
}

export function useColour(municipality: MunicipalityName | null): string | null {
  const { colours } = useDesk();
  if (!municipality) return null;
  const known = municipality.colour ?? colours.get(municipality.id);
  return known && kHex.test(known) ? known : spare(municipality.id);
}

export function MunicipalityMark({ municipality }: { municipality: MunicipalityName | null }) {
  const texts = useTexts();
  const colour = useColour(municipality);
  if (!municipality || !colour) return <span className="mark" data-unknown>{texts.lists.noMunicipality}</span>;
  return (
    <span className="mark" style={{ '--municipality': colour } as CSSProperties}>
      {municipality.name}
    </span>
  );
}
