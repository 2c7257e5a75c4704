import { ErrorText, Loading } from '@business-m/kit';
import { DeskContext } from '@business-m/kit/documents';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Palette } from './Palette';
import { Sidebar } from './Sidebar';
import { SignIn } from './SignIn';
import { TopBar } from './TopBar';
import { useOpening } from './useOpening';

/** The frame around every page: who is not signed in sees the door. */
export function Frame() {
  const { t } = useTranslation();
  const opening = useOpening();
  if (opening.failure) {
    return (
      <main className="alone">
        <ErrorText>{opening.failure}</ErrorText>
      </main>
    );
  }
  if (opening.signedOut) return <SignIn />;
  if (!opening.desk) {
    return (
      <main className="alone">
        <Loading />
      </main>
    );
  }
  return (
    <DeskContext.Provider value={opening.desk}>
      <a className="skip" href="#page">
        {t('shell.skip')}
      </a>
      <Inside chooseCompany={opening.chooseCompany} />
    </DeskContext.Provider>
  );
}

function Inside({ chooseCompany }: { chooseCompany: (id: string) => void }) {
  const [menu, setMenu] = useState(false);
  const [palette, setPalette] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => setMenu(path === undefined), [path]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      if (!document.querySelector('dialog[open]')) setPalette(true);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  return (
    <div className="frame">
      <TopBar menu={menu} onMenu={() => setMenu(!menu)} onSearch={() => setPalette(true)} onCompany={chooseCompany} />
      <Sidebar open={menu} />
      <main id="page" className="page" tabIndex={-1}>
        <Outlet />
      </main>
      {palette && <Palette onClose={() => setPalette(false)} />}
    </div>
  );
}
