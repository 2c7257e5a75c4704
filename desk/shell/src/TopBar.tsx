import { Button } from '@business-m/kit';
import { useDesk } from '@business-m/kit/documents';
import { Problem, signOut } from '@business-m/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type AppearanceChoice, appearanceChoices, useChosenAppearance } from './appearance';
import { changeSession } from './enter';

interface TopBarProps {
  menu: boolean;
  onMenu: () => void;
  onSearch: () => void;
  onCompany: (id: string) => void;
}

/** Above every page: which company, search, appearance, who is signed in. */
export function TopBar({ menu, onMenu, onSearch, onCompany }: TopBarProps) {
  const { t } = useTranslation();
  const { session, companies, company } = useDesk();
  const appearance = useChosenAppearance();
  const queries = useQueryClient();
  const leave = async () => {
    try {
      await signOut();
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
    }
    changeSession(queries, null);
  };
  return (
    <header className="top">
      <div className="top-menu">
        <Button
          icon="menu"
          look="quiet"
          label={t('shell.menu')}
          expanded={menu}
          controls="navigation"
          onPress={onMenu}
        />
      </div>
      <Link to="/" className="brand" aria-label={t('shell.product')}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        <span>{t('shell.product')}</span>
      </Link>
      {companies.length > 0 && (
        <select
          className="input top-company"
          aria-label={t('company.label')}
          value={company?.id ?? ''}
          onChange={(event) => onCompany(event.target.value)}
        >
          {companies.map((c) => (
            <option key={c.id} value={c.id}>
              {c.name}
            </option>
          ))}
        </select>
      )}
      <button type="button" className="top-search" aria-keyshortcuts="Control+K" onClick={onSearch}>
        <span>{t('shell.search')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <span className="top-space" />
      <select
        className="input top-theme"
        aria-label={t('shell.theme')}
        value={appearance.choice}
        onChange={(event) => appearance.choose(event.target.value as AppearanceChoice)}
      >
        {appearanceChoices.map((c) => (
          <option key={c} value={c}>
            {t(`shell.themes.${c}`)}
          </option>
        ))}
      </select>
      <span className="top-user" title={t('shell.signedInAs', { user: session.user })}>
        {session.user}
      </span>
      <Button onPress={() => void leave()}>{t('shell.signOut')}</Button>
    </header>
  );
}
