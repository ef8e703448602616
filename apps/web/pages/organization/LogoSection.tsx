import { Button, FileButton } from '@mantine/core';
import type { OrganizationSettings } from '@rollcall/contract/organizations';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { Section } from '../../ui/Section.tsx';
import { toastDone } from '../../ui/toast.ts';
import classes from './organization.module.css';

// As the contract has them, whose schemas would come with its values.
const mediaTypes = 'image/png,image/jpeg,image/webp';
const maxBytes = 262_144;

interface LogoSectionProps {
  settings: OrganizationSettings;
  mayChange: boolean;
}

/** The picture at the top of the sidebar: chosen, replaced, taken away. */
export function LogoSection({ settings, mayChange }: LogoSectionProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const refresh = () =>
    queryClient.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] === 'organization' || queryKey[0] === 'me',
    });
  const upload = useMutation({
    async mutationFn(file: File) {
      if (file.size > maxBytes) {
        throw new Problem({
          code: 'file_too_large',
          title: t('organization.logo.tooLarge'),
          detail: t('organization.logo.tooLargeHint'),
        });
      }
      await api.PUT('/api/v1/organization/logo', {
        body: file as never,
        bodySerializer: (image) => image as unknown as Blob,
        headers: { 'content-type': file.type },
      });
      await refresh();
    },
    onSuccess: () => void toastDone(t('organization.logo.saved')),
  });
  const remove = useMutation({
    async mutationFn() {
      await api.DELETE('/api/v1/organization/logo');
      await refresh();
    },
  });
  return (
    <Section title={t('organization.logo.title')}>
      <div className={classes.logoLine}>
        {settings.logo ? (
          <img src={settings.logo} alt={t('organization.logo.title')} className={classes.logo} />
        ) : (
          <span className={classes.logo}>
            <Logo size={40} />
          </span>
        )}
        <div className={classes.logoText}>{t('organization.logo.help')}</div>
        {mayChange && (
          <div className={classes.logoActions}>
            {settings.logo && (
              <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
                {t('organization.logo.remove')}
              </Button>
            )}
            <FileButton accept={mediaTypes} onChange={(file) => file && upload.mutate(file)}>
              {(props) => (
                <Button {...props} variant="default" loading={upload.isPending}>
                  {settings.logo ? t('organization.logo.replace') : t('organization.logo.choose')}
                </Button>
              )}
            </FileButton>
          </div>
        )}
      </div>
      <FormFailure error={upload.error ?? remove.error ?? undefined} />
    </Section>
  );
}
