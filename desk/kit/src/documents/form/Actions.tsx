import type { Loaded, VerbDefinition } from '@business-m/sdk';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Row } from '../../layout';
import { Menu } from '../../Menu';
import type { Taking } from './useTaking';

interface ActionsProps {
  base: Loaded | undefined;
  verbs: VerbDefinition[];
  next: VerbDefinition | undefined;
  mayWrite: boolean;
  busy: boolean;
  onSave: () => void;
  onVerb: (verb: VerbDefinition) => void;
  taking: Taking | undefined;
  onTake: () => void;
}

const SHOWN_MAX = 2;

const split = (verbs: VerbDefinition[]) => [verbs.filter((v) => !v.danger), verbs.filter((v) => v.danger)] as const;

/** Save, the verbs that the document's state offers, and taking it away. */
export function Actions({ base, verbs, next, mayWrite, busy, onSave, onVerb, taking, onTake }: ActionsProps) {
  const { t } = useTranslation();
  const others = (base ? verbs : []).filter((v) => v !== next);
  // What takes something back stands behind a button of its own where it would crowd out what is done every day.
  const [shown, behind] = others.length + (taking ? 1 : 0) > SHOWN_MAX ? split(others) : [others, []];
  const take = taking && (
    <Button look="quiet" onPress={onTake}>
      {t(`form.${taking}`)}
    </Button>
  );
  const button = (verb: VerbDefinition) => (
    <Button key={verb.name} look={verb.danger ? 'danger' : 'plain'} onPress={() => onVerb(verb)}>
      {verb.label}
    </Button>
  );
  return (
    <Row wrap>
      {behind.length > 0 ? (
        <Menu label={t('form.more')}>
          {behind.map(button)}
          {take}
        </Menu>
      ) : (
        take
      )}
      {shown.map(button)}
      {mayWrite && (
        <Button look={next ? 'plain' : 'primary'} hotkey="Control+S" busy={busy} onPress={onSave}>
          {t('form.save')}
        </Button>
      )}
      {next && (
        <Button look="primary" hotkey="Control+Enter" busy={busy} onPress={() => onVerb(next)}>
          {next.label}
        </Button>
      )}
    </Row>
  );
}
