import type { Conflict, DocumentMeta, FieldDefinition } from '@business-m/sdk';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Dialog, DialogButtons } from '../../Dialog';
import { formatMoment } from '../../format';
import { type FormValues, toDraft } from '../values';
import { useReadable } from './FormField';

export type Choice = 'theirs' | 'mine';

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
  const fields = conflicts.map((conflict) => ({
    conflict,
    field: meta.fields.find((f) => f.name === conflict.field),
    chosen: choices[conflict.field],
  }));
  const all = fields.every((f) => f.chosen);
  return (
    <Dialog title={t('conflict.title')} onClose={onClose} wide>
      <p>{t(fields.length > 0 ? 'conflict.text' : 'conflict.unknown')}</p>
      {fields.map(({ conflict, field, chosen }) => (
        <fieldset key={conflict.field} className="conflict">
          <legend>{field?.label ?? conflict.field}</legend>
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
                {field && (
                  <Shown
                    field={field}
                    value={
                      choice === 'theirs' ? toDraft(field, conflict.theirs as never) : (mine.fields[field.name] ?? '')
                    }
                  />
                )}
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
        {fields.length > 0 && (
          <Button look="primary" disabled={!all} onPress={() => onChosen(choices)}>
            {t('conflict.save')}
          </Button>
        )}
      </DialogButtons>
    </Dialog>
  );
}

function Shown({ field, value }: { field: FieldDefinition; value: string | boolean }) {
  return <>{useReadable(field, value) || '—'}</>;
}
