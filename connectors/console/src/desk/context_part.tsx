import { Heading } from '@digdir/designsystemet-react';
import type { ReactNode } from 'react';

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="part">
      <Heading level={3} data-size="2xs">{title}</Heading>
      {children}
    </section>
  );
}

export function Item({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="item">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
