import { Card, inSentence, PageTitle } from '@business-m/kit';
import { addressOf, useDesk } from '@business-m/kit/documents';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { navigationOf } from '../navigation';

/** The first page: where one can go, and the keys that save ways. */
export default function Home() {
  const { t } = useTranslation();
  const desk = useDesk();
  return (
    <>
      <header className="page-head">
        <PageTitle>{desk.company?.name ?? t('shell.welcome', { user: desk.session.user })}</PageTitle>
      </header>
      <div className="tiles">
        {navigationOf(desk, t).map((group) => (
          <Card key={group.label} padded>
            <h2>{group.label}</h2>
            <ul className="tile-links">
              {group.types.map((type) => (
                <li key={type.type}>
                  <Link to={addressOf(type)}>{type.plural}</Link>
                  {type.may.includes('add') && (
                    <Link
                      to={`${addressOf(type)}/new`}
                      className="tile-new"
                      aria-label={t('list.new', { label: inSentence(type.label) })}
                    >
                      +
                    </Link>
                  )}
                </li>
              ))}
              {group.links.map((link) => (
                <li key={link.path}>
                  <Link to={link.path}>{link.label}</Link>
                </li>
              ))}
            </ul>
          </Card>
        ))}
        <Card padded>
          <h2>{t('shell.shortcuts')}</h2>
          <dl className="keys">
            {(
              [
                ['K', 'shell.shortcutSearch'],
                ['S', 'shell.shortcutSave'],
                ['Enter', 'shell.shortcutNext'],
              ] as const
            ).map(([key, text]) => (
              <div key={key}>
                <dt>
                  <kbd>Ctrl</kbd> <kbd>{key}</kbd>
                </dt>
                <dd>{t(text)}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
    </>
  );
}
