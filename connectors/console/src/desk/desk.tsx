// The agents' desk: three panes side by side, or one or two at a time where there is no room.
import { Heading, SkipLink } from '@digdir/designsystemet-react';
import { useEffect, useRef, useState } from 'react';
import { IncidentBanner } from '../incidents/incident_banner';
import { useTexts } from '../texts/texts';
import { Announcer } from './announcer';
import { ChannelBanner } from './channel_banner';
import { ContextCard } from './context_card';
import { OpenConversation } from './conversation';
import { ConversationList } from './conversation_list';
import { useDesk, useStore } from './desk_context';
import { PushedOffer } from './pushed_offer';
import { Shortcuts } from './shortcuts';
import { TopBar, type Settings } from './top_bar';

// Which pane a narrow screen shows. Wide screens show all and ignore it.
type View = 'list' | 'conversation' | 'context';

function NothingOpen() {
  const texts = useTexts();
  return (
    <div className="nothing-open">
      <Heading level={2} data-size="xs">{texts.lists.emptyTitle}</Heading>
      <p>{texts.lists.emptyText}</p>
    </div>
  );
}

// After the view has changed, focus goes to what it shows; the row that was open when it is the list.
function focusList(openId: string | null): void {
  const row = openId ? document.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(openId)}"]`) : null;
  (row ?? document.getElementById('conversations'))?.focus();
}

export function Desk({ settings }: { settings: Settings }) {
  const texts = useTexts();
  const store = useStore();
  const { openId, threads } = useDesk();
  const [view, setView] = useState<View>(openId ? 'conversation' : 'list');
  const middle = useRef<HTMLElement>(null);
  const contextTitle = useRef<HTMLHeadingElement>(null);
  const pendingFocus = useRef<(() => void) | null>(null);
  useEffect(() => {
    pendingFocus.current?.();
    pendingFocus.current = null;
  });
  const show = (next: View, focus: () => void) => {
    pendingFocus.current = focus;
    setView(next);
  };
  const open = (id: string) => {
    store.open(id);
    show('conversation', () => middle.current?.querySelector<HTMLElement>('h2')?.focus());
  };
  const moves = {
    toList: () => {
      store.closeView();
      show('list', () => focusList(openId));
    },
    toContext: () => show('context', () => contextTitle.current?.focus()),
  };
  const toConversation = () => show('conversation', () => middle.current?.querySelector<HTMLElement>('h2')?.focus());
  const thread = openId ? threads.get(openId) : undefined;
  return (
    <div className="desk" data-view={thread ? view : 'list'} data-open={thread ? true : undefined}>
      <SkipLink href="#conversations">{texts.skipToList}</SkipLink>
      {thread && <SkipLink href="#conversation">{texts.skipToConversation}</SkipLink>}
      <TopBar settings={settings} />
      <div className="banners">
        <ChannelBanner />
        <IncidentBanner />
        <PushedOffer onTaken={open} />
      </div>
      <main className="panes">
        <ConversationList onOpen={open} />
        <section className="pane pane-conversation" id="conversation" tabIndex={-1} ref={middle}
          aria-label={texts.transcript.label}>
          {thread ? <OpenConversation key={thread.id} thread={thread} moves={moves} /> : <NothingOpen />}
        </section>
        {thread && <ContextCard thread={thread} title={contextTitle} onBack={toConversation} />}
      </main>
      <Shortcuts />
      <Announcer withSound={settings.sound} />
    </div>
  );
}
