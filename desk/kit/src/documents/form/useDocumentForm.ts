import {
  type Conflict,
  type Document,
  type DocumentMeta,
  documents,
  Intent,
  type Loaded,
  Problem,
  type Values,
  type VerbDefinition,
} from '@business-m/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { documentKey, listKey } from '../desk';
import {
  type Body,
  type Choice,
  createBody,
  type FormValues,
  newForm,
  patchBody,
  placeOf,
  rebase,
  type Surroundings,
  toForm,
} from '../values';
import { settled } from './names';
import { useQuestion } from './useQuestion';

interface Options {
  meta: DocumentMeta;
  loaded: Loaded | undefined;
  company: string | undefined;
  country: string | undefined;
  at: Surroundings;
}

/** What a document's page does: the form's state, saving, verbs, and what to do when the server refuses. */
export function useDocumentForm({ meta, loaded, company, country, at }: Options) {
  const [base, setBase] = useState(loaded);
  const [failure, setFailure] = useState<string>();
  const [conflict, setConflict] = useState<Conflict[]>();
  const [busy, setBusy] = useState(false);
  const intent = useRef(new Intent());
  const draftId = useRef<Body | undefined>(undefined);
  const waiting = useRef(new Set<string>());
  const queries = useQueryClient();
  const { ask, confirmed, question } = useQuestion();
  const form = useForm<FormValues>({
    defaultValues: loaded ? toForm(meta, loaded.document) : newForm(meta, at),
    shouldFocusError: true,
  });

  const adopt = (fresh: Loaded) => {
    setBase(fresh);
    queries.setQueryData(documentKey(meta.type, fresh.document.id), fresh);
    form.reset(toForm(meta, fresh.document));
  };
  const changed = (fresh: Loaded) => {
    adopt(fresh);
    void queries.invalidateQueries({ queryKey: listKey(meta.type) });
    void queries.invalidateQueries({ queryKey: ['beside', meta.type, fresh.document.id] });
    if (meta.type === 'record.field') void queries.invalidateQueries({ queryKey: ['meta'] });
  };
  const reload = async () => {
    if (base) adopt(await documents.get(meta.path, base.document.id));
    setConflict(undefined);
    setFailure(undefined);
  };

  const refused = (fault: unknown, body: Body | undefined) => {
    if (!(fault instanceof Problem)) throw fault;
    if (fault.status === 412) {
      setConflict(fault.conflicts);
      return;
    }
    const said = Object.entries(fault.errors).map(([path, texts]) => [path, texts[0] ?? fault.message] as const);
    const faults = said.length > 0 ? said : fault.field ? [[fault.field, fault.message] as const] : [];
    let placed = 0;
    for (const [path, text] of faults) {
      const place = placeOf(path, meta, body?.sentLines ?? {});
      if (!place) continue;
      form.setError(place as 'fields', { type: 'server', message: text }, { shouldFocus: placed === 0 });
      placed++;
    }
    if (placed === 0 || placed < faults.length) setFailure(fault.message);
  };

  const write = async (body: Body, etag: string | undefined): Promise<Document | undefined> => {
    const saved = await confirmed((flags) =>
      base
        ? documents.patch(meta.path, base.document.id, { ...body.values, ...flags }, etag)
        : documents.create(meta.path, { ...body.values, ...flags }, intent.current),
    );
    return saved?.document;
  };

  /** The new document keeps its id through retries, so that it is made once whatever happens on the way. */
  const bodyOf = (values: FormValues, before: Loaded | undefined): Body | undefined => {
    if (before) return patchBody(meta, before.document, values, country);
    const id = draftId.current?.values.id as string | undefined;
    draftId.current = createBody(meta, values, { company, country }, ...(id ? ([id] as const) : []));
    return draftId.current;
  };

  // As a submission: a field that was wrong is looked at again while it is corrected.
  const isValid = () =>
    new Promise<boolean>((done) => {
      void form.handleSubmit(
        () => done(true),
        () => done(false),
      )();
    });

  const saveAgainst = async (before: Loaded | undefined): Promise<Loaded | undefined> => {
    setFailure(undefined);
    form.clearErrors();
    await settled(waiting.current);
    if (!(await isValid())) return undefined;
    const body = bodyOf(form.getValues(), before);
    if (!body) return before;
    setBusy(true);
    try {
      const saved = await write(body, before?.etag);
      if (!saved) return undefined;
      const id = String(saved.id ?? before?.document.id ?? body.values.id);
      const fresh = await documents.get(meta.path, id);
      changed(fresh);
      return fresh;
    } catch (fault) {
      refused(fault, body);
      return undefined;
    } finally {
      setBusy(false);
    }
  };

  /** Saves what was chosen over what the others saved meanwhile. */
  const resolve = async (choices: Record<string, Choice>) => {
    if (!base) return undefined;
    setConflict(undefined);
    const mine = form.getValues();
    const theirs = await documents.get(meta.path, base.document.id);
    const next = rebase(meta, base.document, mine, theirs.document, choices);
    adopt(theirs);
    for (const [name, value] of Object.entries(next.fields)) {
      form.setValue(`fields.${name}`, value, { shouldDirty: true });
    }
    for (const [name, lines] of Object.entries(next.lines))
      form.setValue(`lines.${name}`, lines, { shouldDirty: true });
    return saveAgainst(theirs);
  };

  /** Does a verb; a refusal is thrown, for the dialog that asked. False: the user said no to a question. */
  const runVerb = async (verb: VerbDefinition, on: Loaded, values: Values, made: Intent): Promise<boolean> => {
    const done = await confirmed(async (flags) => {
      await documents.verb(meta.path, on.document.id, verb.name, { ...values, ...flags }, made);
      return true;
    });
    if (done) changed(await documents.get(meta.path, on.document.id));
    return done === true;
  };

  return {
    form,
    base,
    busy,
    failure,
    setFailure,
    conflict,
    closeConflict: () => setConflict(undefined),
    save: () => saveAgainst(base),
    reload,
    resolve,
    runVerb,
    ask,
    question,
    waiting: waiting.current,
    isDirty: form.formState.isDirty,
  };
}
