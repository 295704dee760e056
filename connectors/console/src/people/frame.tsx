// The pages beside the desk, under the same bar.
import { Button, Heading, SkipLink } from '@digdir/designsystemet-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Shortcuts } from '../desk/shortcuts';
import { TopBar, type Page, type Settings } from '../desk/top_bar';
import { useTexts } from '../texts/texts';

interface PageFrameProps {
  page: Page;
  settings: Settings;
  children: ReactNode;
}

export function PageFrame({ page, settings, children }: PageFrameProps) {
  const texts = useTexts();
  const title = useRef<HTMLHeadingElement>(null);
  const name = texts.people.pages[page];
  useEffect(() => {
    document.title = `${name} – ${texts.product}`;
  }, [name, texts]);
  useEffect(() => title.current?.focus(), [page]);
  return (
    <div className="page">
      <SkipLink href="#page">{texts.people.skip}</SkipLink>
      <TopBar settings={settings} />
      {settings.pages.includes('desk') && <Shortcuts />}
      <nav className="page-nav" aria-label={texts.people.nav}>
        {settings.pages.map((each) => (
          <Button key={each} variant="tertiary" aria-current={each === page ? 'page' : undefined}
            onClick={() => settings.go(each)}>{texts.people.pages[each]}</Button>
        ))}
      </nav>
      <main className="page-main" id="page" tabIndex={-1}>
        <Heading level={2} data-size="sm" tabIndex={-1} ref={title}>{name}</Heading>
        {children}
      </main>
    </div>
  );
}
