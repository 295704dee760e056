// What is put into a draft from elsewhere.

// In the citizen's language: what the municipality has not confirmed is marked there too.
const kSampleMark: Record<string, string> = {
  nn: '(Døme: ikkje stadfesta av kommunen.)',
  nb: '(Eksempel: ikke bekreftet av kommunen.)',
  en: '(Sample: not confirmed by the municipality.)',
};

export const sampleMark = (language: string): string => kSampleMark[language] ?? kSampleMark.nn!;

// Behind what the agent has written already.
export function behind(draft: string | undefined, text: string): string {
  const written = (draft ?? '').trimEnd();
  return written ? `${written}\n\n${text}` : text;
}
