import type { DocumentMeta, Loaded } from '@business-m/sdk';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Card, Row } from '../../layout';
import type { SlotFill } from '../../module';
import { Loading } from '../../states';
import { holds, useDesk } from '../desk';
import { History } from './History';
import { Notes } from './Notes';

/** What stands beside a saved document: what modules put there, its notes, its history. */
export function Side({ meta, loaded }: { meta: DocumentMeta; loaded: Loaded }) {
  const { t } = useTranslation();
  const [history, setHistory] = useState(false);
  const { slots, session } = useDesk();
  const fills = slots.filter(
    (s) =>
      s.slot === 'document.side' &&
      (!s.types || s.types.includes(meta.type)) &&
      (!s.permission || holds(session.permissions, s.permission)),
  ) as SlotFill<'document.side'>[];
  return (
    <aside className="side" aria-label={t('side.label')}>
      {fills.map((fill) => {
        const Fill = lazyOf(fill);
        return (
          <Suspense key={fill.load.toString()} fallback={<Loading />}>
            <Fill type={meta.type} loaded={loaded} />
          </Suspense>
        );
      })}
      {meta.notes && (
        <Card padded>
          <h2>{t('side.notes')}</h2>
          <Notes type={meta} id={loaded.document.id} />
        </Card>
      )}
      {meta.history && (
        <Card padded>
          <Row apart>
            <h2>{t('side.history')}</h2>
            <Button look="quiet" expanded={history} onPress={() => setHistory(!history)}>
              {t(history ? 'side.hide' : 'side.show')}
            </Button>
          </Row>
          {history && <History meta={meta} loaded={loaded} />}
        </Card>
      )}
    </aside>
  );
}

const loadedFills = new WeakMap<SlotFill<'document.side'>, ReturnType<typeof lazy<never>>>();

// One lazy component a fill: another one at each render would lose its state.
function lazyOf(fill: SlotFill<'document.side'>) {
  let made = loadedFills.get(fill);
  if (!made) {
    made = lazy(fill.load as never);
    loadedFills.set(fill, made);
  }
  return made as unknown as Awaited<ReturnType<typeof fill.load>>['default'];
}
