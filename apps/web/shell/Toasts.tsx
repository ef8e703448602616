import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

/** Where toastDone speaks; loaded after the page. */
export function Toasts() {
  return <Notifications position="bottom-right" />;
}
