// The console: sign-in, then the desk, and the pages beside it. Built to <web out>/console and served at /desk/.
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Desk } from './desk/desk';
import { StoreContext, useDesk, useStore } from './desk/desk_context';
import { DeskStore } from './desk/desk_store';
import type { Page } from './desk/top_bar';
import { IncidentsPage } from './incidents/incidents';
import { AccountPage } from './people/account';
import { AuditPage } from './people/audit';
import { EnrolmentPage } from './people/enrolment';
import { PageFrame } from './people/frame';
import { PeoplePage } from './people/people';
import { PhonePage } from './phone/phone';
import { kNoSearch } from './search/calls';
import { SearchPage } from './search/search';
import { Invitation, takeInvitation } from './sign_in/invitation';
import { SignIn } from './sign_in/sign_in';
import { TextsProvider, useTexts } from './texts/texts';
import { useColourScheme } from './theme/colour_scheme';
import './theme/console.css';
import { recall, remember } from './theme/remembered';
import { isAgent, type Agent } from './wire/types';

function Starting() {
  const texts = useTexts();
  const { connection } = useDesk();
  return (
    <main className="starting">
      <p role="status">{connection === 'lost' ? texts.signIn.unreachable : texts.loading}</p>
    </main>
  );
}

// The server says what an account may do; this only spares it pages that would be refused.
function pagesOf(me: Agent | null): readonly Page[] {
  const isAdministrator = me?.roles?.some((role) => role === 'admin' || role === 'system') ?? false;
  const administration: Page[] = isAdministrator ? ['people', 'audit'] : [];
  const atDesk: Page[] = isAgent(me) ? ['desk', 'phone', 'search'] : [];
  const incidents: Page[] = isAgent(me) || isAdministrator ? ['incidents'] : [];
  return [...atDesk, ...administration, ...incidents, 'account'];
}

function Console() {
  const { session, me } = useDesk();
  const [scheme, chooseScheme] = useColourScheme();
  const [sound, setSound] = useState(() => recall('sound') === 'on');
  const chooseSound = (on: boolean) => {
    remember('sound', on ? 'on' : 'off');
    setSound(on);
  };
  const [invitation, setInvitation] = useState(takeInvitation);
  const pages = pagesOf(me);
  const [wanted, go] = useState<Page>('desk');
  const page = pages.includes(wanted) ? wanted : pages[0]!;
  const [search, setSearch] = useState(kNoSearch);
  const desk = useStore();
  const openFound = (id: string) => {
    desk.open(id);
    go('desk');
  };
  useEffect(() => {
    go('desk');
    setSearch(kNoSearch);
  }, [me?.name]);
  const settings = { scheme, chooseScheme, sound, chooseSound, pages, go };
  if (invitation) return <Invitation token={invitation} settings={settings} onDone={() => setInvitation('')} />;
  if (session === 'unknown') return <Starting />;
  if (session === 'signed_out') return <SignIn settings={settings} />;
  if (me?.must_enrol) return <EnrolmentPage settings={settings} />;
  if (page === 'desk') return <Desk settings={settings} />;
  return (
    <PageFrame page={page} settings={settings}>
      {page === 'search' && <SearchPage search={search} onSearch={setSearch} onOpen={openFound} />}
      {page === 'phone' && <PhonePage />}
      {page === 'incidents' && <IncidentsPage />}
      {page === 'account' && <AccountPage />}
      {page === 'people' && <PeoplePage />}
      {page === 'audit' && <AuditPage />}
    </PageFrame>
  );
}

const store = new DeskStore();
void store.start();
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <TextsProvider>
      <StoreContext value={store}>
        <Console />
      </StoreContext>
    </TextsProvider>
  </StrictMode>,
);
