// Accounts of messaging platforms that take nothing at present, where the agent works.
import { useTexts } from '../texts/texts';
import { useDesk } from './desk_context';
import { DangerSign } from './symbols';

export function ChannelBanner() {
  const texts = useTexts();
  const { stopped } = useDesk();
  return (
    <section className="channel-banner" aria-label={texts.delivery.stoppedTitle} aria-live="polite">
      {stopped.map(({ channel, municipality }) => (
        <p key={`${channel} ${municipality.id}`}>
          <DangerSign /> {texts.delivery.stopped(texts.channel(channel), municipality.name)}
        </p>
      ))}
    </section>
  );
}
