import type { Conflict, DocumentMeta, FieldDefinition } from '@business-m/sdk';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Dialog, DialogButtons } from '../../Dialog';
import { formatMoment } from '../../format';
import { type Choice, conflictAt, type FormValues, toDraft } from '../values';
import { useReadable } from './FormField';

interface ConflictDialogProps {
  meta: DocumentMeta;
  conflicts: Conflict[];
  mine: FormValues;
  onClose: () => void;
  /** Goes on with what was chosen for each field. */
  onChosen: (choices: Record<string, Choice>) => void;
  onReload: () => void;
}

/** Two people changed the same field: who, when, to what; the user says which value stays. */
export function ConflictDialog({ meta, conflicts, mine, onClose, onChosen, onReload }: ConflictDialogProps) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const fields = conflicts.flatMap((conflict) => {
    const at = conflictAt(meta, mine, conflict.field);
    return at ? [{ conflict, at, chosen: choices[conflict.field] }] : [];
  });
  const all = fields.every((f) => f.chosen);
  return (
    <Dialog title={t('conflict.title')} onClose={onClose} wide>
      <p>{t(fields.length > 0 ? 'conflict.text' : 'conflict.unknown')}</p>
      {fields.map(({ conflict, at, chosen }) => (
        <fieldset key={conflict.field} className="conflict">
          <legend>{at.label}</legend>
          <p className="muted">
            {t('conflict.who', {
              by: conflict.by ?? t('conflict.somebody'),
              at: conflict.at ? formatMoment(conflict.at) : '',
            })}
          </p>
          {(['theirs', 'mine'] as const).map((choice) => (
            <label key={choice} className="conflict-choice">
              <input
                type="radio"
                name={`conflict-${conflict.field}`}
                checked={chosen === choice}
                onChange={() => setChoices({ ...choices, [conflict.field]: choice })}
              />
              <span>{t(choice === 'theirs' ? 'conflict.takeTheirs' : 'conflict.keepMine')}</span>
              <strong>
                <Value conflict={conflict} at={at} of={choice} />
              </strong>
            </label>
          ))}
        </fieldset>
      ))}
      <DialogButtons>
        <Button look="quiet" onPress={onReload}>
          {t('conflict.reload')}
        </Button>
        <Button onPress={onClose}>{t('cancel')}</Button>
        {fields.length === 0 && <Button onPress={() => onChosen({})}>{t('conflict.over')}</Button>}
        {fields.length > 0 && (
          <Button look="primary" disabled={!all} onPress={() => onChosen(choices)}>
            {t('conflict.save')}
          </Button>
        )}
      </DialogButtons>
    </Dialog>
  );
}

interface ValueProps {
  conflict: Conflict;
  at: NonNullable<ReturnType<typeof conflictAt>>;
  of: Choice;
}

function Value({ conflict, at, of }: ValueProps) {
  const { t } = useTranslation();
  const removed = of === 'mine' ? at.mine === undefined : !at.field;
  if (removed) return t('conflict.removed');
  if (!at.field) return t('conflict.line');
  return (
    <Shown field={at.field} value={of === 'mine' ? (at.mine ?? '') : toDraft(at.field, conflict.theirs as never)} />
  );
}

function Shown({ field, value }: { field: FieldDefinition; value: string | boolean }) {
  return <>{useReadable(field, value) || '—'}</>;
}
