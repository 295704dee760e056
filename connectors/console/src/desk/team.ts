// Whether the agent takes conversations now, and who else is at the desk. The server forgets the choice when it is
// restarted; the screen tells it again.
import * as calls from '../wire/calls';
import type { Availability, Colleague } from '../wire/types';

interface Around {
  colleagues(): readonly Colleague[];
  setColleagues(colleagues: readonly Colleague[]): void;
  refused(refusal: calls.Refusal): boolean;
}

export class Team {
  private chosen: Availability = 'online';

  constructor(private readonly around: Around) {}

  // False when the server did not hear of it.
  async choose(availability: Availability): Promise<boolean> {
    const before = this.chosen;
    this.chosen = availability;
    const answer = await calls.choosePresence(availability);
    if (answer.ok) {
      this.around.setColleagues(answer.value.colleagues);
      return true;
    }
    this.around.refused(answer.refusal);
    this.chosen = before;
    return false;
  }

  cameBack(): void {
    if (this.chosen !== 'online') void this.choose(this.chosen);
  }
}
