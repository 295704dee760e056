// The script tag on a municipality's page:
//   <script src="https://<service>/chat/v1/widget.js" data-site="osteroy" data-language="nn" data-colour="#7a1f2b" defer>
// The service is the script's own origin.
import { ChatElement } from './element';
import { languageOf } from './texts';

const kTag = 'svar-chat';

function mount() {
  const script = (document.currentScript ??
    document.querySelector('script[data-site][src*="/chat/v1/widget"]')) as HTMLScriptElement | null;
  const site = script?.dataset.site;
  if (!script || !site || customElements.get(kTag)) return;
  customElements.define(kTag, ChatElement);
  const chat = new ChatElement({
    origin: new URL(script.src, location.href).origin,
    site,
    language: languageOf(script.dataset.language),
    colour: script.dataset.colour,
  });
  if (document.body) document.body.append(chat);
  else document.addEventListener('DOMContentLoaded', () => document.body.append(chat));
}

mount();
