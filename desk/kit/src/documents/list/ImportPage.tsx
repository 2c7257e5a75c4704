import {
  type DocumentMeta,
  type DocumentSummary,
  documents,
  type ImportOutcome,
  Intent,
  Problem,
} from '@business-m/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../Button';
import { Field } from '../../Field';
import { Card, Row } from '../../layout';
import { PageTitle } from '../../PageTitle';
import { ErrorText, Loading } from '../../states';
import { Table } from '../../Table';
import { useToast } from '../../Toast';
import { addressOf, listKey, useDesk, useMeta } from '../desk';

/** A file of rows becomes documents: first a dry run that shows what would happen, then the import, which can be undone. */
export function ImportPage({ type }: { type: DocumentSummary }) {
  const { t } = useTranslation();
  const meta = useMeta(type.type);
  if (meta.error) return <ErrorText>{meta.error.message}</ErrorText>;
  if (!meta.data) return <Loading />;
  return (
    <>
      <header className="page-head">
        <div className="page-name">
          <Link to={addressOf(type)} className="crumb">
            {type.plural}
          </Link>
          <PageTitle>{t('import.title', { plural: type.plural })}</PageTitle>
        </div>
      </header>
      <Import meta={meta.data} />
    </>
  );
}

function useImport(meta: DocumentMeta) {
  const { company } = useDesk();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<ImportOutcome>();
  const [done, setDone] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      setFailure(fault.message);
    } finally {
      setBusy(false);
    }
  };
  const scope = meta.scope === 'company' ? company?.id : undefined;
  return {
    outcome,
    done,
    failure,
    busy,
    clear: () => {
      setOutcome(undefined);
      setDone(false);
    },
    run: (file: File, dryRun: boolean, map: Record<string, string> | undefined) =>
      attempt(async () => {
        setOutcome(await documents.importFile(meta.path, file, { company: scope, dryRun, map }));
        setDone(!dryRun);
        if (!dryRun) await queries.invalidateQueries({ queryKey: listKey(meta.type) });
      }),
    undo: (id: string, intent: Intent, after: () => void) =>
      attempt(async () => {
        await documents.undoImport(meta.path, id, intent);
        await queries.invalidateQueries({ queryKey: listKey(meta.type) });
        after();
      }),
  };
}

function Import({ meta }: { meta: DocumentMeta }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [file, setFile] = useState<File>();
  const [map, setMap] = useState<Record<string, string>>();
  const undoing = useRef(new Intent());
  const work = useImport(meta);
  const { outcome } = work;
  return (
    <>
      <Card padded>
        <Field id="import-file" label={t('import.file')} help={t('import.help')}>
          <input
            id="import-file"
            type="file"
            accept=".csv,.xlsx"
            className="input"
            aria-describedby="import-file-help"
            onChange={(event) => {
              setFile(event.target.files?.[0]);
              setMap(undefined);
              work.clear();
            }}
          />
        </Field>
        <Row wrap>
          <Button
            look={outcome ? 'plain' : 'primary'}
            disabled={!file || work.done}
            busy={work.busy}
            onPress={() => void (file && work.run(file, true, map))}
          >
            {t('import.dryRun')}
          </Button>
          {outcome && !work.done && (
            <Button look="primary" busy={work.busy} onPress={() => void (file && work.run(file, false, map))}>
              {t('import.run')}
            </Button>
          )}
          {outcome?.id && work.done && (
            <Button
              busy={work.busy}
              onPress={() =>
                void work.undo(String(outcome.id), undoing.current, () => {
                  work.clear();
                  toast(t('import.undone'));
                })
              }
            >
              {t('import.undo')}
            </Button>
          )}
        </Row>
        {work.failure && <ErrorText>{work.failure}</ErrorText>}
      </Card>
      {outcome && (
        <>
          <Counts outcome={outcome} done={work.done} />
          {!work.done && <Mapping meta={meta} outcome={outcome} map={map} onMap={setMap} />}
          <Faults outcome={outcome} />
        </>
      )}
    </>
  );
}

function Counts({ outcome, done }: { outcome: ImportOutcome; done: boolean }) {
  const { t } = useTranslation();
  const counts = (['rows', 'added', 'changed', 'refused'] as const).map((name) => [name, outcome[name]] as const);
  return (
    <Card padded role="status">
      <h2>{t(done ? 'import.happened' : 'import.wouldHappen')}</h2>
      <dl className="counts">
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{t(`import.${name}`)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

interface MappingProps {
  meta: DocumentMeta;
  outcome: ImportOutcome;
  map: Record<string, string> | undefined;
  onMap: (map: Record<string, string>) => void;
}

function Mapping({ meta, outcome, map, onMap }: MappingProps) {
  const { t } = useTranslation();
  const now = Object.fromEntries(outcome.columns.map((c) => [c.column, map?.[c.column] ?? c.field ?? '']));
  return (
    <Card padded>
      <h2>{t('import.columns')}</h2>
      <p className="muted">{t('import.columnsHelp')}</p>
      <div className="fields">
        {outcome.columns.map((c, at) => (
          <Field key={c.column} id={`column-${at}`} label={c.column}>
            <select
              id={`column-${at}`}
              className="input"
              value={now[c.column]}
              onChange={(event) => onMap({ ...now, [c.column]: event.target.value })}
            >
              <option value="">{t('import.leaveOut')}</option>
              {meta.fields
                .filter((f) => !f.readOnly)
                .map((f) => (
                  <option key={f.name} value={f.name}>
                    {f.label}
                  </option>
                ))}
            </select>
          </Field>
        ))}
      </div>
    </Card>
  );
}

function Faults({ outcome }: { outcome: ImportOutcome }) {
  const { t } = useTranslation();
  if (outcome.errors.length === 0) return null;
  return (
    <Card>
      <Table
        label={t('import.errors')}
        columns={[
          { key: 'row', header: t('import.row'), cell: (e) => e.row },
          { key: 'column', header: t('import.column'), cell: (e) => e.column ?? '' },
          { key: 'detail', header: t('import.detail'), cell: (e) => e.detail },
        ]}
        rows={outcome.errors}
        rowKey={(e) => `${e.row} ${e.column ?? ''} ${e.code}`}
      />
    </Card>
  );
}
