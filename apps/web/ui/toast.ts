import i18next from 'i18next';

/** Says in passing that something was done; failures are shown where they happened instead. */
export async function toastDone(message: string): Promise<void> {
  // Nothing to say on the first page: the code for it comes when there is.
  const { notifications } = await import('@mantine/notifications');
  notifications.show({
    message,
    color: 'var(--rc-good)',
    autoClose: 5000,
    role: 'status',
    closeButtonProps: { 'aria-label': i18next.t('ui.close') },
  });
}
