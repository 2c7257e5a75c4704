import { type DocumentMeta, Intent, type Loaded, Problem, type VerbDefinition } from '@business-m/sdk';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { todayIn } from '../../format';
import { ErrorText } from '../../states';
import { useToast } from '../../Toast';
import { addressOf, useDesk } from '../desk';
import { asksOf, isOffered } from '../values';
import { Actions } from './Actions';
import { ConflictDialog } from './ConflictDialog';
import { Heading } from './Heading';
import { NamesContext } from './names';
import { Sections } from './Sections';
import { Side } from './Side';
import { useDocumentForm } from './useDocumentForm';
import { useLeaving } from './useLeaving';
import { useNamed } from './useNamed';
import { useTaking } from './useTaking';
import { VerbDialog } from './VerbDialog';

interface Asked {
  verb: VerbDefinition;
  on: Loaded;
  intent: Intent;
}

/** The one form: made from the metadata, saved with Ctrl-S, moved on with Ctrl-Enter. */
export function DocumentForm({ meta, loaded }: { meta: DocumentMeta; loaded: Loaded | undefined }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const navigate = useNavigate();
  const toast = useToast();
  const companyId = String(loaded?.document.company ?? desk.company?.id ?? '');
  const company = desk.companies.find((c) => c.id === companyId);
  const at = { today: todayIn(company?.zone), currency: company?.currency };
  const page = useDocumentForm({ meta, loaded, company: company?.id, country: company?.country, at });
  const [asked, setAsked] = useState<Asked>();
  const [starting, setStarting] = useState(false);
  const leaving = useLeaving(page.isDirty, page.ask);
  const { base } = page;
  const names = useNamed(meta, base);
  const verbs = useMemo(
    () => (meta.verbs ?? []).filter((v) => (base ? isOffered(v, base.document) : v.may !== false)),
    [meta, base],
  );
  const mayWrite = meta.may.includes(base ? 'change' : 'add') && isOpen(meta, base);
  const next = nextVerb(base, verbs);

  const save = async (): Promise<Loaded | undefined> => {
    const fresh = await page.save();
    if (fresh && fresh !== base) toast(t('form.saved', { label: meta.label }));
    return fresh;
  };
  const goTo = (to: string) => leaving.freely(() => navigate({ to, replace: true }));

  // A new document has an address of its own once it is saved, and goes there when nothing is asked any more.
  const settled = base && !loaded && !asked && !starting ? `${addressOf(meta)}/${base.document.id}` : undefined;
  const settle = useRef(goTo);
  settle.current = goTo;
  useEffect(() => {
    if (settled) void settle.current(settled);
  }, [settled]);

  const start = async (verb: VerbDefinition) => {
    page.setFailure(undefined);
    setStarting(true);
    try {
      const on = mayWrite ? await save() : base;
      if (!on || !isOffered(verb, on.document)) return;
      const intent = new Intent();
      if (asksOf(verb)) setAsked({ verb, on, intent });
      else await run({ verb, on, intent }, {}).catch(show);
    } finally {
      setStarting(false);
    }
  };
  const run = async ({ verb, on, intent }: Asked, values: Parameters<typeof page.runVerb>[2]) => {
    const done = await page.runVerb(verb, on, values, intent);
    if (!done) return;
    setAsked(undefined);
    toast(t('form.done', { verb: verb.label }));
  };
  const show = (fault: unknown) => {
    if (!(fault instanceof Problem)) throw fault;
    page.setFailure(fault.message);
  };
  const taking = useTaking({
    meta,
    base,
    ask: page.ask,
    onChanged: page.reload,
    onGone: () => goTo(addressOf(meta)),
    onRefused: page.setFailure,
  });

  const top = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!loaded) top.current?.querySelector<HTMLElement>('.fields .input')?.focus();
  }, [loaded]);

  const keys = useRef({ save, start, next });
  keys.current = { save, start, next };
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector('dialog[open]')) return;
      const { save: s, start: g, next: n } = keys.current;
      if (event.key === 's') {
        event.preventDefault();
        if (mayWrite) void s();
      } else if (event.key === 'Enter') {
        event.preventDefault();
        if (n) void g(n);
        else if (mayWrite) void s();
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [mayWrite]);

  return (
    <NamesContext.Provider
      value={{ names, company: company?.id, currency: currencyOf(base, company?.currency), waiting: page.waiting }}
    >
      <div className={base && (meta.notes || meta.history) ? 'document with-side' : 'document'}>
        <form
          ref={top}
          className="document-main"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (mayWrite) void save();
          }}
        >
          <Heading meta={meta} loaded={base} isDirty={page.isDirty}>
            <Actions
              base={base}
              verbs={verbs}
              next={next}
              mayWrite={mayWrite}
              busy={page.busy}
              onSave={() => void save()}
              onVerb={(verb) => void start(verb)}
              taking={taking.offered}
              onTake={() => void taking.take()}
            />
          </Heading>
          {page.failure && <ErrorText>{page.failure}</ErrorText>}
          <Sections meta={meta} base={base} form={page.form} mayWrite={mayWrite} country={company?.country} at={at} />
        </form>
        {base && <Side meta={meta} loaded={base} />}
      </div>
      {asked && (
        <VerbDialog
          verb={asked.verb}
          title={`${asked.verb.label}: ${meta.label}`}
          at={at}
          onClose={() => setAsked(undefined)}
          onRun={(values) => run(asked, values)}
        />
      )}
      {page.conflict && (
        <ConflictDialog
          meta={meta}
          conflicts={page.conflict}
          mine={page.form.getValues()}
          onClose={page.closeConflict}
          onReload={() => void page.reload()}
          onChosen={(choices) => void page.resolve(choices)}
        />
      )}
      {page.question}
    </NamesContext.Provider>
  );
}

/** Where the owner writes, a document is changed while it is a draft, and by verbs only after that. */
function isOpen(meta: DocumentMeta, base: Loaded | undefined): boolean {
  const status = base?.document.status;
  return meta.writes !== 'owner' || status === undefined || status === 'draft';
}

/** What usually comes next: the first verb offered that takes nothing back. A new document becomes a draft first. */
function nextVerb(base: Loaded | undefined, offered: VerbDefinition[]): VerbDefinition | undefined {
  const onward = offered.filter((v) => !v.danger);
  if (base) return onward[0];
  return onward.find((v) => v.when?.field === 'status' && v.when.values?.includes('draft'));
}

const currencyOf = (base: Loaded | undefined, ofCompany: string | undefined) =>
  typeof base?.document.currency === 'string' ? base.document.currency : ofCompany;
