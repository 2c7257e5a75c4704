import type { FieldDefinition } from '@business-m/sdk';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Dialog, DialogButtons } from '../../Dialog';

interface ColumnChooserProps {
  choosable: FieldDefinition[];
  chosen: FieldDefinition[];
  onChoose: (names: string[] | undefined) => void;
  onClose: () => void;
}

/** Which fields stand in the list, in the order of the form; those that were there keep their places. */
export function ColumnChooser({ choosable, chosen, onChoose, onClose }: ColumnChooserProps) {
  const { t } = useTranslation();
  const [names, setNames] = useState(chosen.map((f) => f.name));
  const toggle = (name: string) =>
    setNames((before) => (before.includes(name) ? before.filter((n) => n !== name) : [...before, name]));
  const done = (choice: string[] | undefined) => {
    onChoose(choice);
    onClose();
  };
  return (
    <Dialog title={t('list.columns')} onClose={onClose}>
      <fieldset className="checks">
        <legend className="unseen">{t('list.columns')}</legend>
        {choosable.map((f) => (
          <label key={f.name}>
            <input
              type="checkbox"
              className="checkbox"
              checked={names.includes(f.name)}
              onChange={() => toggle(f.name)}
            />
            {f.label}
          </label>
        ))}
      </fieldset>
      <DialogButtons>
        <Button look="quiet" onPress={() => done(undefined)}>
          {t('list.usualColumns')}
        </Button>
        <Button onPress={onClose}>{t('cancel')}</Button>
        <Button look="primary" disabled={names.length === 0} onPress={() => done(names)}>
          {t('list.show')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
