import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './ImportSteps.module.css';

export type ImportStep = 'columns' | 'preview' | 'result';
const steps = ['file', 'columns', 'preview', 'result'] as const;

interface ImportStepsProps {
  current: ImportStep;
  /** Everything is through: the last step is done as well. */
  done: boolean;
}

/** Where one is on the way from a file to people. */
export function ImportSteps({ current, done }: ImportStepsProps) {
  const { t } = useTranslation();
  const at = steps.indexOf(current);
  return (
    <ol className={classes.steps} aria-label={t('imports.steps.label')}>
      {steps.map((step, index) => {
        const behind = index < at || (done && index === at);
        return (
          <li
            key={step}
            className={classes.step}
            data-behind={behind || undefined}
            aria-current={index === at ? 'step' : undefined}
          >
            <span className={classes.mark} aria-hidden="true">
              {behind ? <IconCheck size={11} stroke={3} /> : index + 1}
            </span>
            {t(`imports.steps.${step}`)}
          </li>
        );
      })}
    </ol>
  );
}
