import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../api/problem.ts';

export interface ProblemText {
  problem: Problem;
  title: string;
  detail: string;
}

/** Words for anything that was thrown: the server's own where it sent some, otherwise ours. */
export function useProblemText(error: unknown): ProblemText {
  const { t } = useTranslation();
  const problem = problemOf(error);
  switch (problem.code) {
    case 'unreachable':
      return { problem, title: t('errors.unreachable.title'), detail: t('errors.unreachable.detail') };
    case 'unreadable':
      return {
        problem,
        title: t('errors.unreadable.title'),
        detail: t('errors.unreadable.detail', { status: problem.status }),
      };
    case 'unexpected':
      return { problem, title: t('errors.unexpected.title'), detail: t('errors.unexpected.detail') };
    default:
      return { problem, title: problem.title || t('errors.unexpected.title'), detail: problem.detail };
  }
}
