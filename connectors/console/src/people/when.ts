import { useTexts } from '../texts/texts';

const kLocales: Record<string, string> = { nn: 'nn-NO', nb: 'nb-NO', en: 'en-GB' };

// A moment as day and clock, in the reader's language and time.
export function useWhen(): (iso: string) => string {
  const { code } = useTexts();
  const format = new Intl.DateTimeFormat([kLocales[code] ?? 'nb-NO', 'nb-NO'], {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  return (iso) => format.format(new Date(iso));
}
