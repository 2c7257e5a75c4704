import type { Loaded, VerbDefinition } from '@business-m/sdk';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Row } from '../../layout';
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

/** Save, the verbs that the document's state offers, and taking it away. */
export function Actions({ base, verbs, next, mayWrite, busy, onSave, onVerb, taking, onTake }: ActionsProps) {
  const { t } = useTranslation();
  const offered = base ? verbs : next ? [next] : [];
  return (
    <Row wrap>
      {taking && (
        <Button look="quiet" onPress={onTake}>
          {t(`form.${taking}`)}
        </Button>
      )}
      {offered
        .filter((v) => v !== next)
        .map((v) => (
          <Button key={v.name} look={v.danger ? 'danger' : 'plain'} onPress={() => onVerb(v)}>
            {v.label}
          </Button>
        ))}
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
