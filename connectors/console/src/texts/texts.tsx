// The language of the console: the agent's choice for this tab, Nynorsk unless chosen otherwise.
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { preferLanguage } from '../wire/calls';
import { recall, remember } from '../theme/remembered';
import { en } from './en';
import { nb } from './nb';
import { nn, type Texts } from './nn';

export const kLanguages: readonly Texts[] = [nn, nb, en];

interface Choice {
  texts: Texts;
  choose(code: string): void;
}

const TextsContext = createContext<Choice>({ texts: nn, choose: () => {} });

const find = (code: string) => kLanguages.find((texts) => texts.code === code) ?? nn;

export function TextsProvider({ children }: { children: ReactNode }) {
  const [texts, setTexts] = useState(() => find(recall('language') ?? 'nn'));
  useEffect(() => {
    document.documentElement.lang = texts.code;
    preferLanguage(texts.code);
  }, [texts]);
  const choose = (code: string) => {
    remember('language', code);
    setTexts(find(code));
  };
  return <TextsContext value={{ texts, choose }}>{children}</TextsContext>;
}

export const useTexts = (): Texts => useContext(TextsContext).texts;
export const useLanguageChoice = (): Choice => useContext(TextsContext);
