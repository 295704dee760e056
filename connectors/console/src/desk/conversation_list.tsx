// The left pane: who waits, whom I have, whom the others have, and what has ended.
import { Field, Heading, Label, Select } from '@digdir/designsystemet-react';
import { useId, useState } from 'react';
import { useTexts } from '../texts/texts';
import type { Card } from '../wire/types';
import { agentsCards, cardsForMe, waitingCards } from './cards';
import { TakeNext } from './take_next';
import { RosterList } from './roster';
import { TeamList } from './team_list';
import { WaitingTime, clockOf } from './clock';
import { ClosedList } from './closed_list';
import { useDesk } from './desk_context';
import { Glance } from './glance';
import { MunicipalityMark } from './municipality_mark';
import { reasonOf } from './reason';
import { DangerSign } from './symbols';
import { VisibleText } from './visible_text';

interface RowProps {
  card: Card;
  isOpen: boolean;
  isUnread: boolean;
  showsHolder: boolean;
  onOpen(id: string): void;
}

function Row({ card, isOpen, isUnread, showsHolder, onOpen }: RowProps) {
  const texts = useTexts();
  const facts = [reasonOf(card, texts), texts.channel(card.channel), texts.language(card.language)];
  return (
    <li>
      <button type="button" className="row" aria-current={isOpen || undefined} onClick={() => onOpen(card.id)}
        data-conversation={card.id} data-danger={card.safety ? true : undefined} data-unread={isUnread || undefined}>
        <span className="row-line">
          <MunicipalityMark municipality={card.municipality} />
          {card.owner === 'queue' && card.waiting_since ? (
            <WaitingTime since={card.waiting_since} />
          ) : (
            <time className="row-time" dateTime={card.last_at}>{clockOf(card.last_at)}</time>
          )}
        </span>
        {card.safety && (
          <span className="danger"><DangerSign /> {texts.safety(card.safety)}</span>
        )}
        {card.transfer && (
          <span className="row-badge">{texts.lists.offeredTo(card.transfer.name)}</span>
        )}
        {card.parked && <span className="row-badge">{texts.lists.parked}</span>}
        {card.message && <span className="row-badge">{texts.lists.message}</span>}
        {isUnread && <span className="row-unread">{texts.lists.unread}</span>}
        {card.topic_title && <span className="row-topic">{card.topic_title}</span>}
        <span className="row-words">
          {card.preview ? <VisibleText text={card.preview} /> : texts.lists.noWords}
        </span>
        <span className="row-facts">
          {showsHolder && card.agent && (
            <span className="row-holder">{texts.lists.heldBy(card.agent.display_name)}</span>
          )}
          {facts.filter(Boolean).map((fact) => <span key={fact}>{fact}</span>)}
        </span>
      </button>
    </li>
  );
}

interface SectionProps {
  name: 'waiting' | 'forMe' | 'mine' | 'others';
  cards: Card[];
  empty: string;
  onOpen(id: string): void;
}

function Section({ name, cards, empty, onOpen }: SectionProps) {
  const texts = useTexts();
  const { openId, unread } = useDesk();
  const titleId = useId();
  return (
    <section className="list" data-list={name} aria-labelledby={titleId}>
      <Heading level={3} data-size="2xs" id={titleId} className="list-title">
        {texts.lists[name]}
        <span className="count" data-some={cards.length > 0 || undefined}>
          <span aria-hidden="true">{cards.length}</span>
          <span className="ds-sr-only">, {texts.lists.count(cards.length)}</span>
        </span>
      </Heading>
      {cards.length === 0 ? (
        <p className="list-empty">{empty}</p>
      ) : (
        <ul>
          {cards.map((card) => (
            <Row key={card.id} card={card} isOpen={card.id === openId} isUnread={unread.has(card.id)}
              showsHolder={name === 'others' || name === 'forMe'} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </section>
  );
}

const kViews = ['all', 'waiting', 'mine', 'team', 'closed'] as const;
type View = (typeof kViews)[number];

function ViewField({ view, onChoose }: { view: View; onChoose(view: View): void }) {
  const texts = useTexts();
  const id = useId();
  return (
    <Field className="view-field">
      <Label htmlFor={id} className="ds-sr-only">{texts.views.choose}</Label>
      <Select id={id} data-size="sm" value={view} onChange={(event) => onChoose(event.target.value as View)}>
        {kViews.map((one) => <Select.Option key={one} value={one}>{texts.views.names[one]}</Select.Option>)}
      </Select>
    </Field>
  );
}

function Lists({ view, onOpen }: { view: View; onOpen(id: string): void }) {
  const texts = useTexts();
  const { cards, me } = useDesk();
  const name = me?.name ?? '';
  const forMe = cardsForMe(cards, name);
  const others = agentsCards(cards, name, 'others').filter((card) => !forMe.includes(card));
  const shows = (...views: View[]) => view === 'all' || views.includes(view);
  if (view === 'closed') return <ClosedList onOpen={onOpen} />;
  return (
    <>
      {forMe.length > 0 && <Section name="forMe" cards={forMe} empty="" onOpen={onOpen} />}
      {shows('waiting') && (
        <>
          <Section name="waiting" cards={waitingCards(cards)} empty={texts.lists.noneWaiting} onOpen={onOpen} />
          <TakeNext onTaken={onOpen} />
        </>
      )}
      {shows('mine') && (
        <Section name="mine" cards={agentsCards(cards, name, 'mine')} empty={texts.lists.noneMine} onOpen={onOpen} />
      )}
      {shows('team') && (
        <>
          <Section name="others" cards={others} empty={texts.lists.noneOthers} onOpen={onOpen} />
          <RosterList />
          <TeamList />
        </>
      )}
    </>
  );
}

export function ConversationList({ onOpen }: { onOpen(id: string): void }) {
  const texts = useTexts();
  const { loaded } = useDesk();
  const [view, setView] = useState<View>('all');
  return (
    <nav className="pane pane-list" id="conversations" tabIndex={-1} aria-label={texts.lists.title}
      data-shortcut="list">
      <Heading level={2} className="ds-sr-only">{texts.lists.title}</Heading>
      {loaded ? (
        <>
          <Glance />
          <ViewField view={view} onChoose={setView} />
          <Lists view={view} onOpen={onOpen} />
        </>
      ) : (
        <p className="list-empty">{texts.loading}</p>
      )}
    </nav>
  );
}
