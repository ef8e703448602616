import { Button } from '@mantine/core';
import type { ImportSummary } from '@rollcall/contract/imports';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import { stateOfList } from '../../api/state-of-list.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { Page } from '../../ui/Page.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { EncodingCandidate } from './EncodingDialog.tsx';
import { FileDrop } from './FileDrop.tsx';
import { columnsOfImports } from './import-columns.tsx';
import { importsQuery, uploadFile } from './import-queries.ts';

const EncodingDialog = lazy(async () => ({ default: (await import('./EncodingDialog.tsx')).EncodingDialog }));

interface Question {
  file: File;
  candidates: EncodingCandidate[];
}

/** Where a file is given in, and the imports so far. Nothing happens to anybody here. */
export function ImportsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [uploading, setUploading] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const [question, setQuestion] = useState<Question>();
  const list = useInfiniteQuery(importsQuery);
  const rows = useMemo(
    () => list.data?.pages.flatMap((page) => page.items as ImportSummary[]) ?? [],
    [list.data],
  );
  const columns = useMemo(() => columnsOfImports(t, format), [t, format]);

  const upload = async (file: File, encoding?: string) => {
    setUploading(file.name);
    setFailure(undefined);
    setQuestion(undefined);
    try {
      await navigate({ href: paths.importRun(await uploadFile(file, encoding)) });
    } catch (thrown) {
      const candidates = candidatesOf(thrown);
      if (candidates) setQuestion({ file, candidates });
      else setFailure(thrown);
    } finally {
      setUploading(undefined);
    }
  };

  return (
    <Page
      title={t('nav.import')}
      intro={t('imports.intro')}
      layout="fill"
      actions={
        <Button
          component="a"
          href="/api/v1/imports/template.csv"
          download
          variant="default"
          leftSection={<IconDownload size={15} stroke={1.8} />}
        >
          {t('imports.template')}
        </Button>
      }
    >
      <FileDrop uploading={uploading} onFile={(file) => void upload(file)} />
      <FormFailure error={failure} />
      <DataTable
        label={t('imports.list.title')}
        columns={columns}
        rows={rows}
        rowKey={(one) => one.id}
        rowLabel={(one) => one.fileName}
        {...stateOfList(list)}
        onOpen={(one) => void navigate({ href: paths.importRun(one.id) })}
        empty={<EmptyState title={t('imports.list.empty')}>{t('imports.list.emptyHint')}</EmptyState>}
      />
      {question && (
        <Suspense>
          <EncodingDialog
            candidates={question.candidates}
            onClose={() => setQuestion(undefined)}
            onChoose={(encoding) => void upload(question.file, encoding)}
          />
        </Suspense>
      )}
    </Page>
  );
}

function candidatesOf(thrown: unknown): EncodingCandidate[] | undefined {
  const problem = problemOf(thrown);
  if (problem.code !== 'encoding_ambiguous') return undefined;
  return (problem.context.condition as { candidates?: EncodingCandidate[] } | undefined)?.candidates;
}
