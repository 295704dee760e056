// The right pane: everything that came with the conversation, so that the citizen need not tell it again.
import { Button, Heading } from '@digdir/designsystemet-react';
import type { CSSProperties, RefObject } from 'react';
import { useTexts } from '../texts/texts';
import type { FilledForm, Municipality, Packet, Understanding } from '../wire/types';
import { WaitingTime, clockOf } from './clock';
import { useDesk } from './desk_context';
import { Item, Part } from './context_part';
import { FactsPart } from './facts_part';
import { KnowledgePart } from './knowledge_part';
import { useColour } from './municipality_mark';
import { useReplyWindow } from './reply_window';
import { BackSign, DangerSign } from './symbols';
import type { Thread } from './thread';
import { VisibleText } from './visible_text';

// Stays in sight while the rest scrolls: an agent must always see where the citizen belongs.
function MunicipalityName({ municipality }: { municipality: Municipality | null }) {
  const texts = useTexts();
  const colour = useColour(municipality);
  if (!municipality || !colour) {
    return (
      <div className="municipality" data-unknown>
        <Heading level={3} data-size="2xs">{texts.context.unknownMunicipality}</Heading>
        <p>{texts.context.unknownText}</p>
      </div>
    );
  }
  return (
    <div className="municipality" style={{ '--municipality': colour } as CSSProperties}>
      <Heading level={3} data-size="2xs">{municipality.full_name || municipality.name}</Heading>
      <p>{texts.context.number} {municipality.number}</p>
    </div>
  );
}

// The controller by name, when some conversation has told what it is called.
function useController(packet: Packet): string {
  const { cards } = useDesk();
  if (packet.municipality?.id === packet.controller) return packet.municipality?.full_name ?? '';
  const known = [...cards.byId.values()].find((card) => card.municipality?.id === packet.controller);
  return known?.municipality?.name ?? packet.controller ?? '';
}

function HandoffPart({ packet, thread }: { packet: Packet; thread: Thread }) {
  const texts = useTexts();
  const { card } = thread;
  const safety = card?.safety ?? packet.safety;
  const reason = card?.reason ?? packet.reason;
  const controller = useController(packet);
  const since = card?.owner === 'queue' ? card.waiting_since : null;
  const window = useReplyWindow(card);
  return (
    <Part title={texts.context.handoff}>
      <dl>
        {safety && (
          <Item term={texts.context.safety}>
            <span className="danger"><DangerSign /> {texts.safety(safety)}</span>
          </Item>
        )}
        {reason && <Item term={texts.context.reason}>{texts.reason(reason)}</Item>}
        {since && <Item term={texts.context.waited}><WaitingTime since={since} /></Item>}
        <Item term={texts.context.pageText}>
          {packet.page?.title && <VisibleText text={packet.page.title} />}
          {packet.page?.url && <span className="address"><VisibleText text={packet.page.url} /></span>}
          {!packet.page?.title && !packet.page?.url && texts.context.noPage}
        </Item>
        <Item term={texts.context.language}>{texts.language(packet.language)}</Item>
        <Item term={texts.context.channel}>{texts.channel(packet.channel)}</Item>
        {window && (
          <Item term={texts.delivery.until}>
            {window.isClosed ? texts.delivery.ended(window.when) : texts.delivery.mayAnswerUntil(window.when)}
          </Item>
        )}
        <Item term={texts.context.opened}>{clockOf(packet.opened_at)}</Item>
        {packet.controller && <Item term={texts.context.controller}>{controller}</Item>}
      </dl>
    </Part>
  );
}

function Understood({ item }: { item: Understanding }) {
  const texts = useTexts();
  const percent = Math.round(Math.max(0, Math.min(1, item.confidence)) * 100);
  return (
    <li className="understood">
      <p className="understood-title">{item.title || item.topics.join(', ') || texts.context.noTopic}</p>
      {item.topics.length > 0 && (
        <p className="understood-sure">
          <span className="meter" aria-hidden="true"><i style={{ width: `${percent}%` }} /></span>
          <span>{texts.context.confidence(item.confidence)}, {texts.percent(percent)}</span>
        </p>
      )}
      <p className="understood-how">{texts.outcome(item.outcome)} · {texts.context.by(texts.how(item.how))}</p>
    </li>
  );
}

function RobotPart({ packet }: { packet: Packet }) {
  const texts = useTexts();
  return (
    <>
      <Part title={texts.context.understood}>
        {packet.misses > 0 && <p className="misses">{texts.context.misses(packet.misses)}</p>}
        {packet.understood.length ? (
          <ol>{packet.understood.map((item) => <Understood key={item.seq} item={item} />)}</ol>
        ) : (
          <p className="none">{texts.context.nothingUnderstood}</p>
        )}
      </Part>
      <Part title={texts.context.articles}>
        {packet.articles_shown.length ? (
          <ul className="articles">
            {packet.articles_shown.map(({ id, title }) => (
              <li key={id}>{title || id} <span className="article-id">{id}</span></li>
            ))}
          </ul>
        ) : (
          <p className="none">{texts.context.noArticles}</p>
        )}
      </Part>
    </>
  );
}

// What the citizen filled in: label and value, in the order they were given.
function FormPart({ form }: { form: FilledForm }) {
  const texts = useTexts();
  return (
    <Part title={`${texts.context.form}: ${form.title}`}>
      {!form.sent && <p className="none">{texts.context.formNotSent}</p>}
      <dl className="filled-form">
        {form.values.map(({ key, label, value }) => (
          <Item key={key} term={label}>
            {value ? <VisibleText text={value} /> : texts.context.formNotGiven}
          </Item>
        ))}
        {form.reference && <Item term={texts.context.formReference}>{form.reference}</Item>}
      </dl>
    </Part>
  );
}

interface ContextCardProps {
  thread: Thread;
  title: RefObject<HTMLHeadingElement | null>;
  onBack(): void;
}

export function ContextCard({ thread, title, onBack }: ContextCardProps) {
  const texts = useTexts();
  const { packet } = thread;
  return (
    <aside className="pane pane-context" aria-label={texts.context.title} tabIndex={-1}>
      <Button className="only-without-context" variant="tertiary" data-color="neutral" onClick={onBack}>
        <BackSign /> {texts.conversation.toConversation}
      </Button>
      <Heading level={2} data-size="2xs" className="context-title" tabIndex={-1} ref={title}>
        {texts.context.title}
      </Heading>
      {packet ? (
        <>
          <MunicipalityName municipality={packet.municipality} />
          {packet.form && <FormPart form={packet.form} />}
          <KnowledgePart key={thread.id} thread={thread} />
          <HandoffPart packet={packet} thread={thread} />
          <RobotPart packet={packet} />
          {packet.municipality && <FactsPart key={packet.municipality.id} facts={packet.municipality.facts} />}
        </>
      ) : (
        <p className="none">{thread.loading ? texts.loading : ''}</p>
      )}
    </aside>
  );
}
