import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import classes from './EncodingDialog.module.css';

export interface EncodingCandidate {
  encoding: string;
  sampleLines: string[];
}

interface EncodingDialogProps {
  candidates: EncodingCandidate[];
  onClose: () => void;
  onChoose: (encoding: string) => void;
}

/** A file whose letters could be read in several ways: shown in each, and a person says which is right. */
export function EncodingDialog({ candidates, onClose, onChoose }: EncodingDialogProps) {
  const { t } = useTranslation();
  useFocusReturn();
  const [chosen, setChosen] = useState<string>();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('imports.encoding.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <fieldset className={classes.choices}>
        <legend className={classes.intro}>{t('imports.encoding.intro')}</legend>
        {candidates.map(({ encoding, sampleLines }) => (
          <label key={encoding} className={classes.choice}>
            <span className={classes.name}>
              <input
                type="radio"
                name="encoding"
                value={encoding}
                checked={chosen === encoding}
                onChange={() => setChosen(encoding)}
              />
              {encoding}
            </span>
            <span className={classes.sample}>
              {sampleLines.map((line) => (
                <span key={line} className={classes.line}>
                  {line}
                </span>
              ))}
            </span>
          </label>
        ))}
      </fieldset>
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button disabled={chosen === undefined} onClick={() => chosen && onChoose(chosen)}>
          {chosen ? t('imports.encoding.readAs', { encoding: chosen }) : t('imports.encoding.read')}
        </Button>
      </div>
    </Modal>
  );
}
