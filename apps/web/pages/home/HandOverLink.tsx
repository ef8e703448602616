import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { SecretOnce } from '../../ui/SecretOnce.tsx';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import classes from './HandOverLink.module.css';

interface HandOverLinkProps {
  userId: string;
  name: string;
  onClose: () => void;
}

/** Makes an invitation link to hand over by other means. Says first that the one before stops working. */
export function HandOverLink({ userId, name, onClose }: HandOverLinkProps) {
  const { t } = useTranslation();
  useFocusReturn();
  const format = useFormat();
  const queryClient = useQueryClient();
  const made = useMutation({
    mutationFn: () =>
      body(api.POST('/api/v1/users/{id}/invitation/link', { params: { path: { id: userId } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['home'] }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('home.link.title', { name })}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={classes.body}>
        {made.data ? (
          <>
            {made.data.link && <SecretOnce what={t('home.link.what')} secret={made.data.link} />}
            <p className={classes.text}>
              {t('home.link.until', { name, date: format.dateTime(made.data.expiresAt) })}
            </p>
          </>
        ) : (
          <p className={classes.text}>{t('home.link.intro', { name })}</p>
        )}
        <FormFailure error={made.error} />
      </div>
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          {made.data ? t('ui.close') : t('ui.cancel')}
        </Button>
        {!made.data && (
          <Button loading={made.isPending} onClick={() => made.mutate()} data-autofocus>
            {t('home.link.make')}
          </Button>
        )}
      </div>
    </Modal>
  );
}
