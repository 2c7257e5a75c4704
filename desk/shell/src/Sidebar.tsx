import { Icon } from '@business-m/kit';
import { addressOf, useDesk } from '@business-m/kit/documents';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { navigationOf } from './navigation';

/** Where one can go: only what one may read. */
export function Sidebar({ open }: { open: boolean }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const active = { className: 'active' };
  return (
    <nav id="navigation" className={open ? 'sidebar open' : 'sidebar'} aria-label={t('shell.navigation')}>
      <ul>
        <li>
          <Link to="/" activeProps={active} activeOptions={{ exact: true }}>
            <Icon name="home" />
            {t('shell.home')}
          </Link>
        </li>
      </ul>
      {navigationOf(desk, t).map((group) => (
        <section key={group.label} aria-label={group.label}>
          <h2>
            <Icon name={group.icon} />
            {group.label}
          </h2>
          <ul>
            {group.types.map((type) => (
              <li key={type.type}>
                <Link to={addressOf(type)} activeProps={active}>
                  {type.plural}
                </Link>
              </li>
            ))}
            {group.links.map((link) => (
              <li key={link.path}>
                <Link to={link.path} activeProps={active}>
                  {link.label}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
