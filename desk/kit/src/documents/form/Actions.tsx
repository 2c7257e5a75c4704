import type { DocumentMeta, Loaded, VerbDefinition } from '@business-m/sdk';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Row } from '../../layout';

interface ActionsProps {
  meta: DocumentMeta;
  base: Loaded | undefined;
  verbs: VerbDefinition[];
  next: VerbDefinition | undefined;
  mayWrite: boolean;
  dirty: boolean;
  busy: boolean;
  onSave: () => void;
  onVerb: (verb: VerbDefinition) => void;
  onRemove: () => void;
}

/** Save, the verbs that the document's state offers, and taking it away. */
export function Actions({ meta, base, verbs, next, mayWrite, dirty, busy, onSave, onVerb, onRemove }: ActionsProps) {
  const { t } = useTranslation();
  const offered = base ? verbs : next ? [next] : [];
  const removable = base && meta.writes !== 'owner' && meta.may.includes('delete') && base.document.blocked !== true;
  return (
    <Row wrap>
      {removable && (
        <Button look="quiet" onPress={onRemove}>
          {t(meta.fields.some((f) => f.name === 'blocked') ? 'form.block' : 'form.remove')}
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
        <Button
          look={next && !dirty ? 'plain' : next ? 'plain' : 'primary'}
          hotkey="Control+S"
          busy={busy}
          onPress={onSave}
        >
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
