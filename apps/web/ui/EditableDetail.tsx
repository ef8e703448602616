import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem.ts';
import classes from './DetailList.module.css';
import { Detail } from './DetailList.tsx';
import { useProblemText } from './use-problem-text.ts';

export interface EditorProps<Value> {
  value: Value;
  onChange: (value: Value) => void;
  label: string;
  error: string | undefined;
}

interface EditableDetailProps<Value> {
  label: string;
  value: Value;
  /** How the value reads while it is not being edited; the value itself if it is text. */
  display?: ReactNode;
  /** Another control than a line of text. */
  editor?: (props: EditorProps<Value>) => ReactNode;
  /** Rejects with a Problem: it is shown at the field, and the edit stays open. */
  onSave: (value: Value) => Promise<unknown>;
  /** Why it cannot be edited; then there is no pencil, and this is said instead. */
  locked?: string;
}

/** A value that is edited in place: Enter saves, Escape leaves it as it was. */
export function EditableDetail<Value>(props: EditableDetailProps<Value>) {
  const { label, value, display, locked } = props;
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  if (editing) {
    return (
      <div className={classes.row}>
        <dt className={classes.label}>{label}</dt>
        <dd className={classes.value}>
          <DetailForm {...props} onClose={close} />
        </dd>
      </div>
    );
  }
  const action = locked ? (
    <span className={classes.locked}>{locked}</span>
  ) : (
    <ActionIcon
      ref={pencil}
      size="sm"
      className={classes.pencil}
      aria-label={t('ui.editWhat', { what: label })}
      onClick={() => setEditing(true)}
    >
      <IconPencil size={14} />
    </ActionIcon>
  );
  return (
    <Detail label={label} action={action}>
      {display ?? (value as ReactNode)}
    </Detail>
  );
}

function DetailForm<Value>(props: EditableDetailProps<Value> & { onClose: () => void }) {
  const { label, value, editor, onSave, onClose } = props;
  const { t } = useTranslation();
  const [draft, setDraft] = useState(value);
  const [failure, setFailure] = useState<unknown>();
  const [saving, setSaving] = useState(false);
  const { problem, title, detail } = useProblemText(failure);
  const error = failure === undefined ? undefined : (problem.fields[0]?.message ?? (detail || title));

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (draft === value) return onClose();
    setSaving(true);
    try {
      await onSave(draft);
      onClose();
    } catch (thrown) {
      setFailure(problemOf(thrown));
      setSaving(false);
    }
  };

  return (
    <form
      className={classes.form}
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className={classes.editor}>
        {editor ? (
          editor({ value: draft, onChange: setDraft, label, error })
        ) : (
          <TextInput
            data-autofocus
            autoFocus
            aria-label={label}
            value={String(draft ?? '')}
            onChange={(event) => setDraft(event.currentTarget.value as Value)}
            error={error}
          />
        )}
      </div>
      <Button type="submit" loading={saving}>
        {t('ui.save')}
      </Button>
      <Button variant="default" onClick={onClose}>
        {t('ui.cancel')}
      </Button>
    </form>
  );
}
