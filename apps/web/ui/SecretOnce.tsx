import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton.tsx';
import { Notice } from './Notice.tsx';
import classes from './SecretOnce.module.css';

interface SecretOnceProps {
  /** What it is, for the accessible name: "API key". */
  what: string;
  secret: string;
}

/** A secret that the server shows this one time. */
export function SecretOnce({ what, secret }: SecretOnceProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.wrap}>
      <Notice tone="warn">{t('ui.secretOnce')}</Notice>
      <div className={classes.line}>
        <input
          className={classes.secret}
          readOnly
          value={secret}
          aria-label={what}
          autoComplete="off"
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={secret} what={what} labelled />
      </div>
    </div>
  );
}
