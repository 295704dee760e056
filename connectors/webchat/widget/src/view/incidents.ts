// What is out of order where the citizen is, above the conversation while it lasts; read aloud when it changes.
import type { Texts } from '../texts';
import type { IncidentNews, IncidentText, Language } from '../wire/frames';
import { element, icon } from './dom';

// In the citizen's language where somebody wrote so, then in the other Norwegian, then in the author's own.
function readable(texts: IncidentText[], language: Language): IncidentText | undefined {
  const norwegian = language === 'en' ? undefined : texts.find((one) => one.language !== 'en');
  return texts.find((one) => one.language === language) ?? norwegian ?? texts[0];
}

export class IncidentBanner {
  private readonly told = element('div', { role: 'status' });  // stands before it says anything: else nobody hears it
  readonly root = element('section', { class: 'incidents' }, this.told);
  private shown = '';

  render(news: IncidentNews | undefined, texts: Texts) {
    const now = news?.incidents.length ? `${news.version} ${texts.language}` : '';
    if (now === this.shown) return;
    this.shown = now;
    const all = [...news?.incidents ?? []].sort((a, b) => Number(b.crisis ?? false) - Number(a.crisis ?? false));
    this.told.replaceChildren(...all.map(({ texts: words, crisis }) => {
      const line = readable(words, texts.language);
      return element(
        'p', { class: crisis ? 'crisis' : undefined }, icon('alert'),
        element('span', { lang: line?.language }, line?.text));
    }));
    // Long ones scroll, with the keyboard too.
    if (now) this.root.setAttribute('tabindex', '0');
    else this.root.removeAttribute('tabindex');
    if (now) this.root.setAttribute('aria-label', texts.get('incidents'));
    else this.root.removeAttribute('aria-label');
  }
}
