import { useEffect, useState } from 'react';
import { recall, remember } from './remembered';

export type Scheme = 'auto' | 'light' | 'dark';
export const kSchemes: readonly Scheme[] = ['auto', 'light', 'dark'];

export function useColourScheme(): [Scheme, (scheme: Scheme) => void] {
  const [scheme, setScheme] = useState<Scheme>(() => {
    const kept = recall('scheme') as Scheme | null;
    return kept && kSchemes.includes(kept) ? kept : 'auto';
  });
  useEffect(() => {
    document.documentElement.dataset.colorScheme = scheme;
  }, [scheme]);
  const choose = (next: Scheme) => {
    remember('scheme', next);
    setScheme(next);
  };
  return [scheme, choose];
}
