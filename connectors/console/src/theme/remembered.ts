// Choices that live as long as the tab. Storage may be forbidden; then the choice lives as long as the page.
type Name = 'language' | 'scheme' | 'sound';

export function recall(name: Name): string | null {
  try {
    return sessionStorage.getItem(`svar.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: Name, value: string): void {
  try {
    sessionStorage.setItem(`svar.${name}`, value);
  } catch {
    // Nothing to do: the choice still holds for this page.
  }
}
