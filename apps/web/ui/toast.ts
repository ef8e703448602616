import { notifications } from '@mantine/notifications';

/** Says in passing that something was done; failures are shown where they happened instead. */
export function toastDone(message: string): void {
  notifications.show({ message, color: 'var(--rc-good)', autoClose: 5000, role: 'status' });
}
