import { type DocumentSummary, documents, Intent, type Note, type NoteKind, Problem } from '@business-m/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../Badge';
import { Button } from '../../Button';
import { formatMoment } from '../../format';
import { Column, Row } from '../../layout';
import { ErrorText, Loading } from '../../states';
import { useDesk } from '../desk';

interface NotesProps {
  type: DocumentSummary;
  id: string;
}

/** Comments, tags, who it is assigned to, attachments, and whether one follows the document. */
export function Notes({ type, id }: NotesProps) {
  const { t } = useTranslation();
  const { session } = useDesk();
  const { notes, failure, add, remove } = useNotes(type, id);
  if (notes.isError) return <ErrorText>{notes.error.message}</ErrorText>;
  if (!notes.data) return <Loading />;
  const of = (kind: NoteKind) => notes.data.filter((n) => n.kind === kind);
  const followed = of('follow').find((n) => n.by === session.user);
  const own = (note: Note) => (note.by === session.user ? () => remove(note.id) : undefined);
  return (
    <Column loose>
      {failure && <ErrorText>{failure}</ErrorText>}
      <Row apart wrap>
        <Button
          icon="star"
          pressed={followed !== undefined}
          onPress={() => void (followed ? remove(followed.id) : add({ kind: 'follow' }))}
        >
          {t(followed ? 'notes.following' : 'notes.follow')}
        </Button>
      </Row>
      <Chips title={t('notes.tags')} adding={t('notes.addTag')} onAdd={(text) => add({ kind: 'tag', text })}>
        {of('tag').map((n) => (
          <Chip key={n.id} text={n.text ?? ''} onRemove={own(n)} />
        ))}
      </Chips>
      <Chips title={t('notes.assigned')} adding={t('notes.assign')} onAdd={(user) => add({ kind: 'assignment', user })}>
        {of('assignment').map((n) => (
          <Chip key={n.id} text={n.user ?? ''} onRemove={own(n)} />
        ))}
      </Chips>
      <Attachments notes={of('attachment')} own={own} />
      <section>
        <h3>{t('notes.comments')}</h3>
        <ol className="comments">
          {of('comment').map((n) => (
            <li key={n.id}>
              <Row apart>
                <span>
                  <strong>{n.by}</strong> <span className="muted">{formatMoment(n.at)}</span>
                </span>
                {own(n) && <Button look="quiet" icon="trash" label={t('notes.removeComment')} onPress={own(n)} />}
              </Row>
              <p>{n.text}</p>
            </li>
          ))}
        </ol>
        <Adding label={t('notes.addComment')} long onAdd={(text) => add({ kind: 'comment', text })} />
      </section>
    </Column>
  );
}

function useNotes(type: DocumentSummary, id: string) {
  const queries = useQueryClient();
  const intent = useRef(new Intent());
  const [failure, setFailure] = useState<string>();
  const queryKey = ['beside', type.type, id, 'notes'];
  const notes = useQuery({ queryKey, queryFn: () => documents.notes(type.path, id) });
  const done = async (work: () => Promise<void>): Promise<boolean> => {
    setFailure(undefined);
    try {
      await work();
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      setFailure(fault.message);
      return false;
    }
    await queries.invalidateQueries({ queryKey });
    return true;
  };
  return {
    notes,
    failure,
    add: (note: Partial<Note>) => done(() => documents.addNote(type.path, id, note, intent.current)),
    remove: (note: string) => done(() => documents.removeNote(type.path, id, note)),
  };
}

function Attachments({ notes, own }: { notes: Note[]; own: (note: Note) => (() => void) | undefined }) {
  const { t } = useTranslation();
  if (notes.length === 0) return null;
  return (
    <section>
      <h3>{t('notes.attachments')}</h3>
      <ul className="plain-list">
        {notes.map((n) => (
          <li key={n.id}>
            <Row apart>
              <a href={safeAddress(n.url)} rel="noreferrer" target="_blank">
                {n.text || n.url}
              </a>
              {own(n) && (
                <Button look="quiet" icon="trash" label={t('notes.remove', { text: n.text })} onPress={own(n)} />
              )}
            </Row>
          </li>
        ))}
      </ul>
    </section>
  );
}

// An address that somebody else wrote opens a page, and never runs a script.
const safeAddress = (url: string | undefined) => (url && /^(https?:\/\/|\/)/i.test(url) ? url : undefined);

interface ChipsProps {
  title: string;
  adding: string;
  onAdd: (text: string) => Promise<boolean>;
  children: React.ReactNode[];
}

function Chips({ title, adding, onAdd, children }: ChipsProps) {
  return (
    <section>
      <h3>{title}</h3>
      {children.length > 0 && <ul className="chips">{children}</ul>}
      <Adding label={adding} onAdd={onAdd} />
    </section>
  );
}

function Chip({ text, onRemove }: { text: string; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <li>
      <Badge tone="accent">{text}</Badge>
      {onRemove && <Button look="quiet" icon="close" label={t('notes.remove', { text })} onPress={onRemove} />}
    </li>
  );
}

interface AddingProps {
  label: string;
  long?: boolean;
  onAdd: (text: string) => Promise<boolean>;
}

function Adding({ label, long, onAdd }: AddingProps) {
  const id = useId();
  const [text, setText] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (text.trim() && (await onAdd(text.trim()))) setText('');
  };
  const shared = { id, className: 'input', value: text, 'aria-label': label, placeholder: label };
  return (
    <form className="adding" onSubmit={(event) => void submit(event)}>
      {long ? (
        <textarea {...shared} rows={2} onChange={(event) => setText(event.target.value)} />
      ) : (
        <input {...shared} type="text" maxLength={200} onChange={(event) => setText(event.target.value)} />
      )}
      <Button type="submit" icon="plus" label={label} />
    </form>
  );
}
