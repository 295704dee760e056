// The bar above the desk: product, connection, and the agent's settings.
import { Button, Field, Heading, Label, Select } from '@digdir/designsystemet-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { kLanguages, useLanguageChoice, useTexts } from '../texts/texts';
import { kSchemes, type Scheme } from '../theme/colour_scheme';
import { useNow } from './clock';
import { useDesk, useStore } from './desk_context';
import { PresenceField } from './presence_field';
import { shortcut } from './shortcuts';
import { PhoneSign, SettingsSign } from './symbols';

export type Page = 'desk' | 'phone' | 'search' | 'incidents' | 'account' | 'people' | 'audit';

export interface Settings {
  pages: readonly Page[];  // that this account has
  go(page: Page): void;
  scheme: Scheme;
  chooseScheme(scheme: Scheme): void;
  sound: boolean;
  chooseSound(on: boolean): void;
}

function ConnectionState() {
  const texts = useTexts();
  const store = useStore();
  const { connection, retryAt } = useDesk();
  const seconds = Math.max(0, Math.ceil((retryAt - useNow(retryAt > 0)) / 1000));
  const words =
    connection === 'lost' && seconds > 0 ? texts.connection.lostFor(seconds) : texts.connection[connection];
  return (
    <div className="connection" data-state={connection}>
      <span className="connection-dot" aria-hidden="true" />
      <span className="connection-words">{words}</span>
      {connection === 'lost' && (
        <Button variant="tertiary" data-size="sm" onClick={store.reconnectNow}>{texts.connection.now}</Button>
      )}
    </div>
  );
}

export function LanguageField() {
  const { texts, choose } = useLanguageChoice();
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{texts.header.language}</Label>
      <Select id={id} value={texts.code} onChange={(event) => choose(event.target.value)}>
        {kLanguages.map(({ code, languageName }) => (
          <Select.Option key={code} value={code} lang={code}>{languageName}</Select.Option>
        ))}
      </Select>
    </Field>
  );
}

export function SchemeField({ scheme, choose }: { scheme: Scheme; choose(scheme: Scheme): void }) {
  const texts = useTexts();
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>{texts.header.scheme}</Label>
      <Select id={id} value={scheme} onChange={(event) => choose(event.target.value as Scheme)}>
        {kSchemes.map((name) => (
          <Select.Option key={name} value={name}>{texts.header.schemes[name]}</Select.Option>
        ))}
      </Select>
    </Field>
  );
}

function SettingsPanel({ settings }: { settings: Settings }) {
  const texts = useTexts();
  const store = useStore();
  const { me } = useDesk();
  return (
    <div className="settings-panel" id="settings">
      <p className="settings-who">{texts.header.signedInAs(me?.display_name ?? '')}</p>
      <LanguageField />
      <SchemeField scheme={settings.scheme} choose={settings.chooseScheme} />
      <label className="settings-sound">
        <input type="checkbox" className="ds-input" checked={settings.sound}
          onChange={(event) => settings.chooseSound(event.target.checked)} />
        {texts.header.sound}
      </label>
      {settings.pages.map((page) => (
        <Button key={page} variant="tertiary" onClick={() => settings.go(page)}>{texts.people.pages[page]}</Button>
      ))}
      <Button variant="secondary" onClick={() => void store.signOut()}>{texts.header.signOut}</Button>
    </div>
  );
}

// A disclosure, closed by Escape and by a press outside it.
function SettingsMenu({ settings }: { settings: Settings }) {
  const texts = useTexts();
  const { me } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const onPress = (event: PointerEvent) => {
      if (!menu.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return;
    setOpen(false);
    trigger.current?.focus();
  };
  return (
    <div className="settings" ref={menu} onKeyDown={onKeyDown}>
      <Button variant="tertiary" data-color="neutral" aria-expanded={isOpen} aria-controls="settings" ref={trigger}
        onClick={() => setOpen(!isOpen)}>
        <SettingsSign /> <span className="settings-name">{me?.display_name}</span>
        <span className="ds-sr-only">{texts.header.settings}</span>
      </Button>
      {isOpen && <SettingsPanel settings={settings} />}
    </div>
  );
}

export function TopBar({ settings }: { settings: Settings }) {
  const texts = useTexts();
  return (
    <header className="top-bar">
      <span className="brand" aria-hidden="true" />
      <Heading level={1} data-size="2xs" className="product">
        {texts.product}<span className="product-part">{texts.deskTitle}</span>
      </Heading>
      {settings.pages.includes('desk') && <ConnectionState />}
      {settings.pages.includes('desk') && <PresenceField />}
      {settings.pages.includes('phone') && (
        <Button variant="tertiary" data-color="neutral" {...shortcut('phone')} onClick={() => settings.go('phone')}>
          <PhoneSign /> <span className="phone-name">{texts.phone.open}</span>
        </Button>
      )}
      <SettingsMenu settings={settings} />
    </header>
  );
}
