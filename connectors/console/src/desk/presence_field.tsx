// Whether I take conversations now.
import { Select } from '@digdir/designsystemet-react';
import { useState } from 'react';
import { useTexts } from '../texts/texts';
import type { Availability } from '../wire/types';
import { useDesk, useStore } from './desk_context';

const kAvailabilities: Availability[] = ['online', 'away', 'phone', 'offline'];

export function PresenceField() {
  const texts = useTexts();
  const store = useStore();
  const { colleagues, me } = useDesk();
  const [isLost, setLost] = useState(false);
  const mine = colleagues.find((one) => one.name === me?.name);
  const availability = mine?.availability ?? (colleagues.length > 0 || !me ? 'offline' : 'online');
  const choose = async (chosen: Availability) => setLost(!(await store.team.choose(chosen)));
  return (
    <div className="presence" data-availability={availability}>
      <span className="colleague-dot" aria-hidden="true" />
      <Select aria-label={texts.team.mine} data-size="sm" width="auto" value={availability}
        onChange={(event) => void choose(event.target.value as Availability)}>
        {kAvailabilities.map((one) => (
          <Select.Option key={one} value={one}>{texts.team.availability[one]}</Select.Option>
        ))}
      </Select>
      <span className="ds-sr-only" role="status">{isLost ? texts.conversation.unreachable : ''}</span>
    </div>
  );
}
