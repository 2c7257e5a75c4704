import type { IconName } from '@business-m/kit';
import { type Desk, holds } from '@business-m/kit/documents';
import type { DocumentSummary } from '@business-m/sdk';
import type { TFunction } from 'i18next';
import { modules } from './modules';

export interface ShownGroup {
  label: string;
  icon: IconName;
  types: DocumentSummary[];
  links: { label: string; path: string }[];
}

const LAST = 1000;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The document types that may be read, by context; a context without a module has a group of its own name. */
export function navigationOf(desk: Pick<Desk, 'types' | 'session'>, t: TFunction): ShownGroup[] {
  const declared = modules.flatMap((m) => m.nav ?? []);
  const readable = desk.types.filter((type) => type.may.includes('read'));
  const homeOf = (type: DocumentSummary) =>
    (
      declared.find((g) => g.takes?.includes(type.type)) ??
      declared.find((g) => g.context === type.context || g.also?.includes(type.context))
    )?.context ?? type.context;
  const contexts = [...new Set([...declared.map((g) => g.context), ...readable.map(homeOf)])];
  return contexts
    .map((context) => {
      const group = declared.find((g) => g.context === context);
      const first = group?.first ?? [];
      const place = (type: DocumentSummary) => (first.includes(type.type) ? first.indexOf(type.type) : LAST);
      return {
        order: group?.order ?? LAST,
        label: group ? t(group.label as 'setup.group') : capital(context),
        icon: group?.icon ?? ('folder' as const),
        types: readable
          .filter((type) => homeOf(type) === context)
          .sort((a, b) => place(a) - place(b) || a.plural.localeCompare(b.plural)),
        links: (group?.links ?? [])
          .filter((link) => holds(desk.session.permissions, link.permission))
          .map((link) => ({ label: t(link.label as 'setup.group'), path: link.path })),
      };
    })
    .filter((group) => group.types.length + group.links.length > 0)
    .sort((a, b) => a.order - b.order || a.label.localeCompare(b.label));
}
