// The console: sign-in, then the desk. Built to <web out>/console and served at /desk/.
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Desk } from './desk/desk';
import { StoreContext, useDesk } from './desk/desk_context';
import { DeskStore } from './desk/desk_store';
import { SignIn } from './sign_in/sign_in';
import { TextsProvider, useTexts } from './texts/texts';
import { useColourScheme } from './theme/colour_scheme';
import './theme/console.css';
import { recall, remember } from './theme/remembered';

function Starting() {
  const texts = useTexts();
  const { connection } = useDesk();
  return (
    <main className="starting">
      <p role="status">{connection === 'lost' ? texts.signIn.unreachable : texts.loading}</p>
    </main>
  );
}

function Console() {
  const { session } = useDesk();
  const [scheme, chooseScheme] = useColourScheme();
  const [sound, setSound] = useState(() => recall('sound') === 'on');
  const chooseSound = (on: boolean) => {
    remember('sound', on ? 'on' : 'off');
    setSound(on);
  };
  const settings = { scheme, chooseScheme, sound, chooseSound };
  if (session === 'unknown') return <Starting />;
  return session === 'signed_in' ? <Desk settings={settings} /> : <SignIn settings={settings} />;
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
